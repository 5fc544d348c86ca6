package bundle

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"slices"
	"strings"
	"sync"
	"testing"
)

// keyPair is a private key and its public key, as PEM.
type keyPair struct{ private, public []byte }

func newPair(t testing.TB, key crypto.Signer) keyPair {
	t.Helper()
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	return keyPair{block("PRIVATE KEY", private), block("PUBLIC KEY", public)}
}

func block(kind string, data []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: data})
}

// newRSA is made once: that takes time.
var newRSA = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })

func rsaKey(t testing.TB) *rsa.PrivateKey {
	t.Helper()
	key, err := newRSA()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func ecKey(t testing.TB, curve elliptic.Curve) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func signed(t testing.TB, data []byte, key SigningKey) []byte {
	t.Helper()
	out, err := Sign(data, key)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func newKey(t testing.TB, id, algorithm string, data []byte) Key {
	t.Helper()
	k, err := NewKey(id, algorithm, data)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// TestSign: with every kind of key, what is signed is verified, and by that key
// only.
func TestSign(t *testing.T) {
	data := bundled(t, acme(), "v1")
	stranger := newPair(t, ecKey(t, elliptic.P256()))
	for algorithm, key := range map[string]crypto.Signer{
		"RS256": rsaKey(t), "RS512": rsaKey(t), "PS256": rsaKey(t),
		"ES256": ecKey(t, elliptic.P256()), "ES384": ecKey(t, elliptic.P384()), "ES512": ecKey(t, elliptic.P521()),
	} {
		pair := newPair(t, key)
		out := signed(t, data, SigningKey{ID: "acme", Algorithm: algorithm, Data: pair.private})
		trust := Trust{Keys: []Key{newKey(t, "acme", algorithm, pair.public), newKey(t, "other", "", stranger.public)}, Required: true}
		s := open(t, out, trust)
		if s.Key != "acme" || load(t, s).Sources()[0].Key != "acme" {
			t.Errorf("%s: verified with %q", algorithm, s.Key)
		}
		if !slices.Contains(names(t, s), signatureFile) {
			t.Errorf("%s: files %v", algorithm, names(t, s))
		}
		trust.Keys[0] = newKey(t, "acme", "", stranger.public)
		if s, err := Open("x", out, trust); err == nil || !strings.HasPrefix(err.Error(), "x: .signatures.json: not by the key acme: ") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: another key: %+v, %v", algorithm, s, err)
		}
	}
}

// TestSignIsReproducible with PKCS 1, whether the bundle was signed before or not.
func TestSignIsReproducible(t *testing.T) {
	data, key := bundled(t, acme(), ""), SigningKey{ID: "acme", Data: newPair(t, rsaKey(t)).private}
	once := signed(t, data, key)
	if !bytes.Equal(signed(t, data, key), once) || !bytes.Equal(signed(t, once, key), once) {
		t.Error("the same bundle and key give other bytes")
	}
	if bytes.Equal(signed(t, data, SigningKey{ID: "other", Data: key.Data}), once) {
		t.Error("another id gives the same bytes")
	}
}

// TestPrivateKeys in all their forms.
func TestPrivateKeys(t *testing.T) {
	ec, data := ecKey(t, elliptic.P256()), bundled(t, acme(), "")
	sec1, err := x509.MarshalECPrivateKey(ec)
	if err != nil {
		t.Fatal(err)
	}
	ecPublic := newPair(t, ec).public
	for name, c := range map[string]struct{ private, public []byte }{
		"PKCS 1":     {block("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(rsaKey(t))), block("RSA PUBLIC KEY", x509.MarshalPKCS1PublicKey(&rsaKey(t).PublicKey))},
		"SEC 1":      {block("EC PRIVATE KEY", sec1), ecPublic},
		"parameters": {append(block("EC PARAMETERS", []byte{6, 8}), block("EC PRIVATE KEY", sec1)...), ecPublic},
		"text":       {append([]byte("my key\n"), block("EC PRIVATE KEY", sec1)...), append([]byte("its public key\n"), ecPublic...)},
	} {
		out := signed(t, data, SigningKey{ID: "k", Data: c.private})
		if s := open(t, out, Trust{Keys: []Key{newKey(t, "k", "", c.public)}}); s.Key != "k" {
			t.Errorf("%s: verified with %q", name, s.Key)
		}
	}
}

func TestSignRefuses(t *testing.T) {
	_, ed, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	rsaPair, ecPair := newPair(t, rsaKey(t)), newPair(t, ecKey(t, elliptic.P256()))
	for name, c := range map[string]struct {
		algorithm string
		data      []byte
		want      string
	}{
		"nothing":         {"", nil, "expected a private key as PEM, not encrypted"},
		"a secret":        {"HS256", []byte("secret"), "expected a private key as PEM, not encrypted"},
		"a public key":    {"", rsaPair.public, "expected a private key as PEM, not encrypted"},
		"encrypted":       {"", block("ENCRYPTED PRIVATE KEY", []byte("x")), "expected a private key as PEM, not encrypted"},
		"Ed25519":         {"", newPair(t, ed).private, "expected an RSA key, or an ECDSA key on P-256, P-384 or P-521"},
		"P-224":           {"", newPair(t, ecKey(t, elliptic.P224())).private, "expected an RSA key, or an ECDSA key on P-256, P-384 or P-521"},
		"of another kind": {"RS256", ecPair.private, `algorithm "RS256": expected one of ES256 for this key`},
		"misspelt":        {"RS255", rsaPair.private, `algorithm "RS255": expected one of RS256, RS384, RS512, PS256, PS384, PS512 for this key`},
		"a public secret": {"HS256", rsaPair.private, `algorithm "HS256": expected one of RS256, RS384, RS512, PS256, PS384, PS512 for this key`},
	} {
		if _, err := Sign(bundled(t, acme(), ""), SigningKey{ID: "k", Algorithm: c.algorithm, Data: c.data}); err == nil || err.Error() != "key k: "+c.want {
			t.Errorf("%s\ngot  %v\nwant key k: %s", name, err, c.want)
		}
	}
	if _, err := Sign([]byte("x"), SigningKey{ID: "k", Data: rsaPair.private}); err == nil || !strings.HasPrefix(err.Error(), "expected a bundle") {
		t.Errorf("no bundle: %v", err)
	}
}

func TestNewKeyRefuses(t *testing.T) {
	ed, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(ed)
	if err != nil {
		t.Fatal(err)
	}
	pair := newPair(t, rsaKey(t))
	for name, c := range map[string]struct {
		algorithm string
		data      []byte
		want      string
	}{
		"nothing":         {"HS256", []byte("\n"), "expected a public key, got an empty file"},
		"no PEM":          {"", []byte("secret"), "expected a public key as PEM, or the algorithm of a secret such as HS256"},
		"secret, RSA":     {"RS256", []byte("secret"), `algorithm "RS256": expected one of HS256, HS384, HS512 for this key`},
		"public secret":   {"HS256", pair.public, `algorithm "HS256": expected one of RS256, RS384, RS512, PS256, PS384, PS512 for this key`},
		"private":         {"", pair.private, "expected a public key, got PRIVATE KEY"},
		"broken":          {"", block("PUBLIC KEY", []byte("x")), "asn1: syntax error: truncated tag or length"},
		"Ed25519":         {"", block("PUBLIC KEY", public), "expected an RSA key, or an ECDSA key on P-256, P-384 or P-521"},
		"Ed25519 by name": {"EdDSA", block("PUBLIC KEY", public), "expected an RSA key, or an ECDSA key on P-256, P-384 or P-521"},
	} {
		if _, err := NewKey("k", c.algorithm, c.data); err == nil || err.Error() != c.want {
			t.Errorf("%s\ngot  %v\nwant %s", name, err, c.want)
		}
	}
}
