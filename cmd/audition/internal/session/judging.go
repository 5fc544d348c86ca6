package session

import (
	"os"
	"os/exec"
	"time"

	"github.com/spf13/pflag"

	"github.com/audition-dev/audition/internal/bundle"
	"github.com/audition-dev/audition/internal/file"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/setup"
)

// Judging is what decides how agents are judged: the flags of every command that
// judges.
type Judging struct {
	Config          string
	NoConfig        bool
	Policies        []string
	RequireSigned   bool
	Keys            []string
	Waivers         []string
	Set, Thresholds []string
	At              string
	AllowPast       bool
	Timeout         Limit
	Verbose         bool
	Memory          Mebibytes
	Engine          OneOf

	// Cache is a directory that keeps plans of policies, "" for none.
	Cache string
	// Today is the day by the calendar that a replayed verdict records, "" for now.
	Today string
	// Unwaived judges as if nothing were waived.
	Unwaived bool
}

// Choosing adds the flags that choose a configuration and whom to trust.
func (j *Judging) Choosing(f *pflag.FlagSet) {
	f.StringVar(&j.Config, "config", "", "configuration, a file or a bundle (default audition.yaml here or above, up to the root of the repository)")
	f.BoolVar(&j.NoConfig, "no-config", false, "look for no configuration")
	f.BoolVar(&j.RequireSigned, "require-signed", false, "refuse every policy but bundles that a key verifies")
	f.StringArrayVar(&j.Keys, "key", nil, "public key as PEM, `[ID=]FILE`; it verifies what is signed with that ID (default "+
		bundle.DefaultKey+"); a secret is ID:HS256=FILE; repeatable")
	j.Memory, j.Timeout = EnoughMemory, Limit(10*time.Second)
	f.Var(&j.Memory, "memory", "memory limit where a policy is loaded that is not trusted")
}

// Add adds the flags of who judges.
func (j *Judging) Add(f *pflag.FlagSet) {
	j.Choosing(f)
	f.StringArrayVar(&j.Policies, "policy", nil, "further rules and gates: a directory, a Rego file or a bundle, whose audition.yaml counts only with --config or extends; repeatable")
	f.StringArrayVar(&j.Waivers, "waivers", nil, "file of accepted findings; repeatable")
	f.StringArrayVar(&j.Set, "set", nil, "tighten a setting, as name=value, or rules, as rules[L4/*]=high; repeatable")
	f.StringArrayVar(&j.Thresholds, "threshold", nil, "tighten a threshold, such as reject.score=8; repeatable")
	f.StringVar(&j.At, "at", "", "day at which evidence and waivers are judged, as YYYY-MM-DD (default today)")
	f.BoolVar(&j.AllowPast, "allow-past", false, "allow --at a day in the past")
	f.Var(&j.Timeout, "timeout", "time limit for one evaluation of rules and gates; 0 is none")
	j.Engine = Choose(words(rego.Modes())...)
	f.Var(&j.Engine, "engine", "how policy is evaluated: compiled, topdown (the interpreter of OPA), verify (both, and they have to agree) or auto (compiled where that is supported)")
	f.BoolVarP(&j.Verbose, "verbose", "v", false, "tell also how many files are passed over")
}

func words(modes []rego.Mode) (out []string) {
	for _, m := range modes {
		out = append(out, string(m))
	}
	return out
}

// Options are the flags in the words of setup.
func (j *Judging) Options() (setup.Options, error) {
	o := setup.Options{
		Config: j.Config, NoConfig: j.NoConfig, Policies: j.Policies, RequireSigned: j.RequireSigned, Keys: j.Keys,
		Waivers: j.Waivers, Unwaived: j.Unwaived, Timeout: time.Duration(j.Timeout), Memory: int64(j.Memory) << 20,
		Mode: rego.Mode(j.Engine.Value), Confined: confined, Version: Version, Today: Today(time.Now()),
	}
	for _, t := range j.Thresholds {
		o.Set = append(o.Set, "thresholds."+t)
	}
	o.Set = append(o.Set, j.Set...)
	var err error
	if o.Plans.Dir = j.Cache; j.Cache != "" {
		if o.Plans.By, err = Program(); err != nil {
			return o, err
		}
	}
	if o.Files, err = file.Here(); err != nil {
		return o, err
	}
	if o.Day, err = Day(j.At, j.AllowPast, o.Today); err == nil && j.Today != "" {
		o.Today, err = ParseDay("today", j.Today)
	}
	return o, err
}

// confined is this program as one that evaluates policy for another process.
func confined() *exec.Cmd {
	program, err := os.Executable()
	if err != nil {
		program = os.Args[0]
	}
	cmd := exec.Command(program, "confined")
	cmd.Args[0] = "audition" // A test has several programs in one.
	return cmd
}
