// Package assesstest makes assessors under the default configuration, for the tests of
// those who ask one.
package assesstest

import (
	"context"
	"time"

	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego"
)

// Builtin judges by the builtin policy, at a day and with a demand on evidence.
func Builtin(day time.Time, d profile.Demand, o assess.Options) (*assess.Assessor, error) {
	engine, err := rego.LoadBuiltin(context.Background())
	if err != nil {
		return nil, err
	}
	return Of(engine, day, d, o)
}

// Of is Builtin by another policy.
func Of(engine *rego.Engine, day time.Time, d profile.Demand, o assess.Options) (*assess.Assessor, error) {
	framework, err := rego.Framework()
	if err != nil {
		return nil, err
	}
	cfg, err := config.Default()
	if err != nil {
		return nil, err
	}
	cfg.Demand = d
	return assess.New(context.Background(), engine, framework, cfg, day, o)
}
