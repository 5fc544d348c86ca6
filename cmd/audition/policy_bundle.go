package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/policy"
)

func newPolicyBundle() *cobra.Command {
	var output, revision string
	cmd := &cobra.Command{
		Use:   "bundle DIR -o FILE.tar.gz",
		Short: "Make an OPA bundle of a directory of rules, gates and data",
		Long: `Bundle makes a bundle of the Rego, the data documents, the schemas and the
audition.yaml of a directory. Its roots are the organisations that its packages
and its data are of. The same files and revision give the same bytes.`,
		Example: `  audition policy bundle policies/ -o acme.tar.gz --revision 2026-01-31`,
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if output == "" {
				return errors.New("expected -o, the file to write")
			}
			if info, err := os.Stat(args[0]); err != nil || !info.IsDir() {
				return fmt.Errorf("%s: expected a directory", args[0])
			}
			if err := bundleable(args[0], output); err != nil {
				return err
			}
			data, err := policy.WriteBundle(policy.Source{Name: args[0], FS: os.DirFS(args[0])}, revision)
			if err != nil {
				return err
			}
			return replace(output, data)
		},
	}
	f := cmd.Flags()
	f.StringVarP(&output, "output", "o", "", "`FILE` to write")
	f.StringVar(&revision, "revision", "", "what verdicts call this state of the policy")
	return cmd
}

// bundleable reads the configuration that a directory brings into its bundle.
func bundleable(dir, bundle string) error {
	file := filepath.Join(dir, configurationFile)
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s: %s", file, file.Cause(err))
	}
	cfg, err := config.Parse(filepath.Join(bundle, configurationFile), data)
	if err != nil {
		return err
	}
	return bundled(cfg.Layers[0])
}

func newPolicySign() *cobra.Command {
	var file, output string
	key := policy.SigningKey{}
	cmd := &cobra.Command{
		Use:   "sign BUNDLE --key PRIVATE.pem",
		Short: "Sign an OPA bundle",
		Long: `Sign puts a signature into a bundle, as opa sign makes it, instead of the one that
is there. With RS256 the same bundle and key give the same bytes.`,
		Example: `  audition policy sign acme.tar.gz --key private.pem --key-id acme
  audition check profile.yaml --policy acme.tar.gz --require-signed --key acme=public.pem`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if file == "" {
				return errors.New("expected --key, the private key to sign with")
			}
			data, err := read(args[0], nil)
			if err != nil {
				return err
			}
			if key.Data, err = os.ReadFile(file); err != nil {
				return fmt.Errorf("--key %s: %s", file, file.Cause(err))
			}
			if _, err := policy.OpenBundle(args[0], data, policy.Trust{}); err != nil {
				return err
			}
			if data, err = policy.SignBundle(data, key); err != nil {
				return err
			}
			if output == "" {
				output = args[0]
			}
			return replace(output, data)
		},
	}
	f := cmd.Flags()
	f.StringVar(&file, "key", "", "private key, RSA or ECDSA, as PEM `FILE`")
	f.StringVar(&key.ID, "key-id", policy.DefaultKey, "`ID` that the signature calls the key")
	f.StringVar(&key.Algorithm, "algorithm", "", "RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384 or ES512 (default RS256, or that of the curve)")
	f.StringVarP(&output, "output", "o", "", "`FILE` to write (default the bundle)")
	return cmd
}
