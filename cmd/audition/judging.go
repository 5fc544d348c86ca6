package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"time"

	"github.com/spf13/pflag"

	"github.com/audition-dev/audition/internal/bundle"
	"github.com/audition-dev/audition/internal/file"
	"github.com/audition-dev/audition/internal/setup"
)

// judging is what decides how agents are judged: the flags of every command that
// judges.
type judging struct {
	config          string
	noConfig        bool
	policies        []string
	requireSigned   bool
	keys            []string
	waivers         []string
	set, thresholds []string
	at              string
	allowPast       bool
	timeout         limit
	memory          mebibytes

	// today is the day by the calendar that a replayed verdict records, "" for now.
	today string
	// unwaived judges as if nothing were waived.
	unwaived bool
}

// choosing adds the flags that choose a configuration and whom to trust.
func (j *judging) choosing(f *pflag.FlagSet) {
	f.StringVar(&j.config, "config", "", "configuration, a file or a bundle (default audition.yaml here or above, up to the root of the repository)")
	f.BoolVar(&j.noConfig, "no-config", false, "look for no configuration")
	f.BoolVar(&j.requireSigned, "require-signed", false, "refuse every policy but bundles that a key verifies")
	f.StringArrayVar(&j.keys, "key", nil, "public key as PEM, `[ID=]FILE`; it verifies what is signed with that ID (default "+
		bundle.DefaultKey+"); a secret is ID:HS256=FILE; repeatable")
	j.memory, j.timeout = enoughMemory, limit(10*time.Second)
	f.Var(&j.memory, "memory", "memory limit where a policy is loaded that is not trusted")
}

func (j *judging) add(f *pflag.FlagSet) {
	j.choosing(f)
	f.StringArrayVar(&j.policies, "policy", nil, "further rules and gates: a directory, a Rego file or a bundle, whose audition.yaml counts only with --config or extends; repeatable")
	f.StringArrayVar(&j.waivers, "waivers", nil, "file of accepted findings; repeatable")
	f.StringArrayVar(&j.set, "set", nil, "tighten a setting, as name=value, or rules, as rules[L4/*]=high; repeatable")
	f.StringArrayVar(&j.thresholds, "threshold", nil, "tighten a threshold, such as reject.score=8; repeatable")
	f.StringVar(&j.at, "at", "", "day at which evidence and waivers are judged, as YYYY-MM-DD (default today)")
	f.BoolVar(&j.allowPast, "allow-past", false, "allow --at a day in the past")
	f.Var(&j.timeout, "timeout", "time limit for one evaluation of rules and gates; 0 is none")
}

// options are the flags in the words of setup.
func (j *judging) options() (setup.Options, error) {
	o := setup.Options{
		Config: j.config, NoConfig: j.noConfig, Policies: j.policies, RequireSigned: j.requireSigned, Keys: j.keys,
		Waivers: j.waivers, Unwaived: j.unwaived, Timeout: time.Duration(j.timeout), Memory: int64(j.memory) << 20,
		Confined: confined, Version: version, Today: today(time.Now()),
	}
	for _, t := range j.thresholds {
		o.Set = append(o.Set, "thresholds."+t)
	}
	o.Set = append(o.Set, j.set...)
	var err error
	if o.Files, err = file.Here(); err != nil {
		return o, err
	}
	if o.Day, err = day(j.at, j.allowPast, o.Today); err == nil && j.today != "" {
		o.Today, err = parseDay("today", j.today)
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

// limit is a flag for a time limit; 0 is none.
type limit time.Duration

var _ pflag.Value = (*limit)(nil)

func (l *limit) String() string { return time.Duration(*l).String() }
func (l *limit) Type() string   { return "duration" }

func (l *limit) Set(s string) error {
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 {
		return fmt.Errorf("expected a time such as 10s, or 0 for no limit")
	}
	*l = limit(d)
	return nil
}

// bound is a context that ends with the limit.
func (l limit) bound(ctx context.Context) (context.Context, context.CancelFunc) {
	if l == 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, time.Duration(l))
}

// mebibytes is a flag for an amount of memory.
type mebibytes int

const enoughMemory mebibytes = 1024

var _ pflag.Value = (*mebibytes)(nil)

func (m *mebibytes) String() string { return strconv.Itoa(int(*m)) }
func (m *mebibytes) Type() string   { return "MiB" }

func (m *mebibytes) Set(s string) error {
	const least, most = 64, 1 << 20
	n, err := strconv.Atoi(s)
	if err != nil || n < least || n > most {
		return fmt.Errorf("expected a number of MiB from %d to %d", least, most)
	}
	*m = mebibytes(n)
	return nil
}
