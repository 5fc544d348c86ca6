package bundle

import (
	"bytes"
	"cmp"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/util"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/suggest"
)

// DefaultKey is the id of the key of a signature that names none, as in OPA.
const DefaultKey = "default"

// Trust says whose bundles are accepted.
type Trust struct {
	// Keys verify signatures; without any, signatures are not looked at.
	Keys []Key
	// Required refuses bundles that no key verified.
	Required bool
}

// Key verifies signatures.
type Key struct {
	// ID is what a signature calls the key.
	ID string
	// Algorithm is one of RFC 7518, section 3.1, that OPA has; "" is RS256.
	Algorithm string
	// Scope has to be that of the signature.
	Scope string
	// Data is a public key or a certificate as PEM, or the secret of HS256, HS384
	// and HS512.
	Data []byte
}

// NewKey checks a key. Where no algorithm is given it is RS256 for an RSA key and
// the one of its curve for an ECDSA key; a secret has none of its own.
func NewKey(id, algorithm string, data []byte) (Key, error) {
	allowed := []string{"HS256", "HS384", "HS512"}
	block, _ := pem.Decode(data)
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return Key{}, errors.New("expected a public key, got an empty file")
	case block == nil && algorithm == "":
		return Key{}, errors.New("expected a public key as PEM, or the algorithm of a secret such as HS256")
	case block != nil:
		public, err := publicKey(block)
		if err != nil {
			return Key{}, err
		}
		allowed = algorithms(public)
	}
	algorithm, err := choose(algorithm, allowed)
	if err != nil {
		return Key{}, err
	}
	return Key{ID: id, Algorithm: algorithm, Data: data}, nil
}

func publicKey(block *pem.Block) (any, error) {
	switch block.Type {
	case "PUBLIC KEY":
		return x509.ParsePKIXPublicKey(block.Bytes)
	case "RSA PUBLIC KEY":
		return x509.ParsePKCS1PublicKey(block.Bytes)
	case "CERTIFICATE":
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, err
		}
		return c.PublicKey, nil
	}
	return nil, fmt.Errorf("expected a public key, got %s", block.Type)
}

// algorithms are those that OPA has for a public key, the default first.
func algorithms(public any) []string {
	switch k := public.(type) {
	case *rsa.PublicKey:
		return []string{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"}
	case *ecdsa.PublicKey:
		switch k.Curve {
		case elliptic.P256():
			return []string{"ES256"}
		case elliptic.P384():
			return []string{"ES384"}
		case elliptic.P521():
			return []string{"ES512"}
		}
	}
	return nil
}

func choose(algorithm string, allowed []string) (string, error) {
	switch {
	case len(allowed) == 0:
		return "", errors.New("expected an RSA key, or an ECDSA key on P-256, P-384 or P-521")
	case algorithm == "":
		return allowed[0], nil
	case !slices.Contains(allowed, algorithm):
		return "", fmt.Errorf("algorithm %q: expected one of %s for this key", algorithm, strings.Join(allowed, ", "))
	}
	return algorithm, nil
}

// verification is what OPA needs to verify the signature of a bundle, after a
// first look at it; nil where it is not verified.
func (t Trust) verification(files map[string][]byte) (*bundle.VerificationConfig, error) {
	data, signed := files[signatureFile]
	switch {
	case t.Required && !signed:
		return nil, errors.New("not signed, expected a signature by a known key")
	case t.Required && len(t.Keys) == 0:
		return nil, errors.New("signed, but no key is known that could verify it")
	case !signed, len(t.Keys) == 0:
		return nil, nil
	}
	signatures, id, err := readSignature(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", signatureFile, err)
	}
	keys, ids := map[string]*bundle.KeyConfig{}, []string{}
	for _, k := range t.Keys {
		keys[k.ID] = &bundle.KeyConfig{Key: string(k.Data), Algorithm: cmp.Or(k.Algorithm, "RS256"), Scope: k.Scope}
		ids = append(ids, k.ID)
	}
	if keys[id] == nil {
		return nil, fmt.Errorf("%s: unknown key %q%s", signatureFile, document.Clip(id), suggest.DidYouMean(id, ids))
	}
	config := bundle.NewVerificationConfig(keys, id, "", nil)
	listed, err := bundle.VerifyBundleSignature(signatures, config)
	if err != nil {
		return nil, fmt.Errorf("%s: not by the key %s: %w", signatureFile, id, cmp.Or(errors.Unwrap(err), err))
	}
	return config, sameNames(files, listed)
}

// readSignature reads a signature and which key it says it is by.
func readSignature(data []byte) (s bundle.SignaturesConfig, key string, err error) {
	if err := json.Unmarshal(data, &s); err != nil {
		return s, "", err
	}
	if len(s.Signatures) != 1 {
		return s, "", fmt.Errorf("expected one signature, got %d", len(s.Signatures))
	}
	var header struct {
		Key string `json:"kid"`
	}
	var payload bundle.DecodedSignature
	parts := strings.Split(s.Signatures[0], ".") // RFC 7515, section 7.1
	if len(parts) != 3 || decode(parts[0], &header) != nil || decode(parts[1], &payload) != nil {
		return s, "", errors.New("expected a JSON Web Token")
	}
	return s, cmp.Or(header.Key, payload.KeyID, DefaultKey), nil
}

func decode(part string, v any) error {
	data, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, v)
}

// sameNames compares the files of a bundle with those that its signature lists.
func sameNames(files map[string][]byte, listed map[string]bundle.FileInfo) error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if _, ok := listed[name]; !ok && name != signatureFile {
			return fmt.Errorf("%s: is not signed", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(listed)) {
		if _, ok := files[name]; !ok {
			return fmt.Errorf("%s: is signed, but not in the bundle", name)
		}
	}
	return nil
}

// SigningKey signs bundles.
type SigningKey struct {
	// ID is what signatures call the key.
	ID string
	// Algorithm is one of the key's; "" is that of [NewKey].
	Algorithm string
	// Data is a private key as PEM, RSA or ECDSA.
	Data []byte
}

// Sign signs a bundle as opa sign does: every file is listed with its
// SHA-256, that of a data document being the one of its content. A signature that
// is there is replaced. With RSA and PKCS 1 (RS256) the same bundle and key give
// the same bytes; PS256 and ES256 are random.
func Sign(data []byte, key SigningKey) ([]byte, error) {
	config, err := key.config()
	if err != nil {
		return nil, fmt.Errorf("key %s: %w", key.ID, err)
	}
	files, err := unpack(data)
	if err != nil {
		return nil, err
	}
	delete(files, signatureFile)
	listed, err := hashFiles(files)
	if err != nil {
		return nil, err
	}
	token, err := bundle.GenerateSignedToken(listed, config, key.ID)
	if err != nil {
		return nil, err
	}
	if files[signatureFile], err = json.MarshalIndent(bundle.SignaturesConfig{Signatures: []string{token}}, "", " "); err != nil {
		return nil, err
	}
	return pack(files)
}

// hashFiles lists files as signatures do.
func hashFiles(files map[string][]byte) (listed []bundle.FileInfo, err error) {
	hasher, err := bundle.NewSignatureHasher(bundle.SHA256)
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		var content any = files[name]
		if bundle.IsStructuredDoc(name) {
			if err := util.Unmarshal(files[name], &content); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
		}
		sum, err := hasher.HashFile(content)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		listed = append(listed, bundle.NewFile(name, hex.EncodeToString(sum), bundle.SHA256.String()))
	}
	return listed, nil
}

// config finds the private key among the blocks of PEM and hands it to OPA as a
// text that it cannot take for the name of a file.
func (k SigningKey) config() (*bundle.SigningConfig, error) {
	for block, rest := pem.Decode(k.Data); block != nil; block, rest = pem.Decode(rest) {
		private, err := privateKey(block)
		if err != nil {
			return nil, err
		}
		if private == nil {
			continue // such as EC PARAMETERS
		}
		algorithm, err := choose(k.Algorithm, algorithms(private.Public()))
		if err != nil {
			return nil, err
		}
		return bundle.NewSigningConfig(string(pem.EncodeToMemory(block)), algorithm, ""), nil
	}
	return nil, errors.New("expected a private key as PEM, not encrypted")
}

// privateKey is the key of a block, nil for what is none.
func privateKey(block *pem.Block) (crypto.Signer, error) {
	var key any
	var err error
	switch block.Type {
	case "RSA PRIVATE KEY":
		key, err = x509.ParsePKCS1PrivateKey(block.Bytes)
	case "EC PRIVATE KEY":
		key, err = x509.ParseECPrivateKey(block.Bytes)
	case "PRIVATE KEY":
		key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
	}
	signer, _ := key.(crypto.Signer)
	return signer, err
}
