package judged

import (
	"cmp"
	"encoding/json"

	"github.com/audition-dev/audition/internal/rego/value"
)

// Write writes what gates read as a value, with the agent and what is derived of it.
func Write(in Input, profile, derived *value.Value) (*value.Value, error) {
	var w writer
	all := w.judged(in)
	w.Insert(all, w.String("profile"), profile)
	w.Insert(all, w.String("derived"), derived)
	return all, w.err
}

// writer writes values. The first error stays.
type writer struct {
	value.Arena
	err error
}

// field is a key of an object.
type field struct {
	key   string
	value *value.Value
}

func (w *writer) object(fields ...field) *value.Value {
	o := w.Object(len(fields))
	for _, f := range fields {
		w.Insert(o, w.String(f.key), f.value)
	}
	return o
}

func (w *writer) number(n json.Number) *value.Value {
	v, err := w.Number(cmp.Or(string(n), "0"))
	if w.err == nil {
		w.err = err
	}
	return v
}

func list[T any](w *writer, items []T, write func(T) *value.Value) *value.Value {
	l := w.Array(len(items))
	for _, item := range items {
		w.Append(l, write(item))
	}
	return l
}

// The keys of an object stand in their order, which is the cheapest.

func (w *writer) judged(j Input) *value.Value {
	return w.object(
		field{"config", w.config(j.Config)},
		field{"findings", list(w, j.Findings, w.finding)},
		field{"not_applicable", list(w, j.NotApplicable, func(n Inapplicable) *value.Value {
			return w.object(field{"because", w.String(n.Because)}, field{"by", w.String(n.By)}, field{"fact", w.String(n.Fact)})
		})},
		field{"score", w.object(
			field{"aivss", w.number(j.Score.AIVSS)},
			field{"cvss_base", w.number(j.Score.CVSSBase)},
			field{"high", w.number(j.Score.High)},
			field{"low", w.number(j.Score.Low)},
			field{"severity", w.String(j.Score.Severity)},
			field{"unmitigated", w.number(j.Score.Unmitigated)},
		)},
		field{"subject", w.object(
			field{"assurance", w.String(j.Subject.Assurance)},
			field{"kind", w.String(j.Subject.Kind)},
			field{"title", w.String(j.Subject.Title)},
		)},
	)
}

func (w *writer) finding(f Finding) *value.Value {
	return w.object(
		field{"kind", w.String(string(f.Kind))},
		field{"layer", w.String(f.Layer)},
		field{"message", w.String(f.Message)},
		field{"rule", w.String(f.Rule)},
		field{"severity", w.String(string(f.Severity))},
		field{"status", w.String(string(f.Status))},
		field{"term", w.String(f.Term)},
	)
}

func (w *writer) config(c Config) *value.Value {
	reject, review := c.Thresholds.Reject, c.Thresholds.Review
	floor := value.Nothing()
	if c.Disclosure.Floor != nil {
		floor = list(w, c.Disclosure.Floor, func(one []string) *value.Value { return list(w, one, w.String) })
	}
	return w.object(
		field{"disclosure", w.object(field{"floor", floor})},
		field{"thresholds", w.object(
			field{"reject", w.object(
				field{"confirmed", w.String(string(reject.Confirmed))},
				field{"score", w.number(reject.Score)},
			)},
			field{"review", w.object(
				field{"confirmed", w.String(string(review.Confirmed))},
				field{"possible", w.String(string(review.Possible))},
				field{"score", w.number(review.Score)},
				field{"upper", w.number(review.Upper)},
			)},
		)},
	)
}
