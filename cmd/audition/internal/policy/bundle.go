package policy

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/bundle"
	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/file"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/setup"
)

func newPolicyBundle() *cobra.Command {
	var output, revision string
	cmd := &cobra.Command{
		Use:   "bundle DIR -o FILE.tar.gz",
		Short: "Make an OPA bundle of a directory of rules, gates and data",
		Long: `Bundle makes a bundle of the Rego, the data documents, the schemas and the
audition.yaml of a directory. Its roots are the organisations that its packages
and its data are of. The same files and revision give the same bytes. What does
not compile beside the builtin policy, tests too, is no bundle: the errors are
those of policy check, and nothing is written.`,
		Example: `  audition policy bundle policies/ -o acme.tar.gz --revision 2026-01-31`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if output == "" {
				return errors.New("expected -o, the file to write")
			}
			if !setup.IsBundle(output) {
				return fmt.Errorf("-o %s: expected a name that ends in .tar.gz, as --policy reads it", output)
			}
			if info, err := os.Stat(args[0]); err != nil || !info.IsDir() {
				return fmt.Errorf("%s: expected a directory", args[0])
			}
			if err := bundleable(args[0], output); err != nil {
				return err
			}
			data, err := packed(cmd.Context(), args[0], revision)
			if err != nil {
				return err
			}
			return file.Replace(output, data)
		},
	}
	f := cmd.Flags()
	f.StringVarP(&output, "output", "o", "", "`FILE` to write")
	f.StringVar(&revision, "revision", "", "what verdicts call this state of the policy")
	return cmd
}

// packed makes a bundle of a directory that compiles.
func packed(ctx context.Context, dir, revision string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, authoring)
	defer cancel()
	a := authored{session.Judging{NoConfig: true, Memory: session.EnoughMemory}}
	s, _, err := a.open(ctx, []string{dir})
	if err == nil {
		s.Close()
	} else if fault.KindOf(err) != fault.Empty { // Data alone are a bundle too.
		return nil, err
	}
	return bundle.Write(rego.Source{Name: dir, FS: os.DirFS(dir)}, revision)
}

// bundleable reads the configuration that a directory brings into its bundle.
func bundleable(dir, bundle string) error {
	name := filepath.Join(dir, setup.ConfigurationFile)
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s: %s", name, file.Cause(err))
	}
	cfg, err := config.Parse(filepath.Join(bundle, setup.ConfigurationFile), data)
	if err != nil {
		return err
	}
	return setup.Bundled(cfg.Layers[0])
}

func newPolicySign() *cobra.Command {
	var private, output string
	key := bundle.SigningKey{}
	cmd := &cobra.Command{
		Use:   "sign BUNDLE --key PRIVATE.pem",
		Short: "Sign an OPA bundle",
		Long: `Sign puts a signature into a bundle, as opa sign makes it, instead of the one that
is there. With RS256 the same bundle and key give the same bytes.`,
		Example: `  audition policy sign acme.tar.gz --key private.pem --key-id acme
  audition check profile.yaml --policy acme.tar.gz --require-signed --key acme=public.pem`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if private == "" {
				return errors.New("expected --key, the private key to sign with")
			}
			data, err := session.ReadInput(args[0], bundle.MaxBytes, cmd.InOrStdin())
			if err != nil {
				return err
			}
			if key.Data, err = file.Read(private, 1<<20); err != nil {
				return fmt.Errorf("--key %w", err)
			}
			if _, err := bundle.Open(args[0], data, bundle.Trust{}); err != nil {
				return err
			}
			if data, err = bundle.Sign(data, key); err != nil {
				return err
			}
			if output == "" {
				output = args[0]
			}
			if output == "-" {
				return errors.New("expected -o, the file to write what was read from standard input")
			}
			return file.Replace(output, data)
		},
	}
	f := cmd.Flags()
	f.StringVar(&private, "key", "", "private key, RSA or ECDSA, as PEM `FILE`")
	f.StringVar(&key.ID, "key-id", bundle.DefaultKey, "`ID` that the signature calls the key")
	f.StringVar(&key.Algorithm, "algorithm", "", "RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384 or ES512 (default RS256, or that of the curve)")
	f.StringVarP(&output, "output", "o", "", "`FILE` to write (default the bundle)")
	return cmd
}
