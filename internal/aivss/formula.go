package aivss

// Formula is one way from a CVSS base score and ten factors to an AIVSS score.
type Formula struct {
	// Name is what users and results call the formula.
	Name string
	// Text is the formula as the specification prints it.
	Text string
	// Source is the specification and section.
	Source string
	// Mitigates tells whether the formula has a mitigation factor.
	Mitigates bool

	// compute takes the CVSS base in tenths and the rest in hundredths.
	compute func(cvss, sum, threat, mitigation int64) (aars, raw, k Exact)
}

// V08 is the current published formula: an uplift into the gap between the CVSS
// base and 10, and a mitigation factor on the whole. Because of the latter a
// mitigated score can fall below its CVSS base; see [Amended].
// Source: OWASP AIVSS v0.8, section 3.
var V08 = Formula{
	Name:      "v0.8",
	Text:      "(CVSS + AARS) × MF, AARS = (10 − CVSS) × (Factor_Sum / 10) × ThM",
	Source:    "OWASP AIVSS v0.8 §3",
	Mitigates: true,
	compute: func(c, sum, t, m int64) (aars, raw, k Exact) {
		uplift := (100 - c) * sum * t // six decimals
		return Exact(100 * uplift), Exact((100_000*c + uplift) * m), Exact(1_000 * sum * t)
	},
}

// Amended applies the mitigation factor to the uplift only, so that no score
// falls below its CVSS base. It equals [V08] at mitigation 1.00.
// Source: MindXO's proposal for v1 (April 2026); AIVSS v0.9 draft, Annex B.
var Amended = Formula{
	Name:      "amended",
	Text:      "CVSS + AARS × MF, AARS = (10 − CVSS) × (Factor_Sum / 10) × ThM",
	Source:    "MindXO proposal for AIVSS v1; v0.9 draft, Annex B",
	Mitigates: true,
	compute: func(c, sum, t, m int64) (aars, raw, k Exact) {
		uplift := (100 - c) * sum * t
		return Exact(100 * uplift), Exact(10_000_000*c + uplift*m), Exact(10 * sum * t * m)
	},
}

// V05 is the superseded average of CVSS base and factor sum, for old scores.
// Source: OWASP AIVSS v0.5, section 3.
var V05 = Formula{
	Name:   "v0.5",
	Text:   "((CVSS + AARS) / 2) × ThM, AARS = Factor_Sum",
	Source: "OWASP AIVSS v0.5 §3",
	compute: func(c, sum, t, _ int64) (aars, raw, k Exact) {
		return Exact(sum) * (exactUnit / 100), Exact((10*c + sum) * t * 5_000), 0
	},
}

// Formulas returns the formulas, the default first.
func Formulas() []Formula { return []Formula{V08, Amended, V05} }

// FormulaByName returns the formula with this name.
func FormulaByName(name string) (Formula, bool) {
	for _, f := range Formulas() {
		if f.Name == name {
			return f, true
		}
	}
	return Formula{}, false
}

// FormulaNames returns the names of Formulas.
func FormulaNames() []string { return names(Formulas(), func(f Formula) string { return f.Name }) }

// Level is a named value of a multiplier.
type Level struct {
	Name    string
	Value   Hundredths
	Meaning string
}

// ThreatLevels returns the threat multipliers (ThM) of v0.8, Table 4a. The
// default is poc.
func ThreatLevels() []Level {
	return []Level{
		{"attacked", 100, "exploited in the wild"},
		{"poc", 97, "a working exploit or a detailed walkthrough exists"},
		{"unreported", 50, "theoretical only"},
	}
}

// ThreatOf returns the threat level of a value of the CVSS v4.0 metric Exploit
// Maturity (E); X and absent have none. Source: AIVSS v0.8, Table 4a.
func ThreatOf(maturity string) (Level, bool) {
	for i, value := range []string{"A", "P", "U"} {
		if maturity == value {
			return ThreatLevels()[i], true
		}
	}
	return Level{}, false
}

// MitigationLevels returns the mitigation factors of v0.8, Table 4b. The
// default is none.
func MitigationLevels() []Level {
	return []Level{
		{"none", 100, "controls absent or ineffective"},
		{"partial", 83, "controls exist but are incomplete, not reliably enforced or untested"},
		{"strong", 67, "controls validated against adversaries, consistently enforced, fail-closed"},
	}
}

// LevelByName returns the level with this name.
func LevelByName(levels []Level, name string) (Level, bool) {
	for _, l := range levels {
		if l.Name == name {
			return l, true
		}
	}
	return Level{}, false
}

// LevelNames returns the names of levels.
func LevelNames(levels []Level) []string {
	return names(levels, func(l Level) string { return l.Name })
}

func isLevel(levels []Level, v Hundredths) bool {
	for _, l := range levels {
		if l.Value == v {
			return true
		}
	}
	return false
}

func names[T any](items []T, name func(T) string) []string {
	out := make([]string, len(items))
	for i, item := range items {
		out[i] = name(item)
	}
	return out
}

// Severity is a score band.
type Severity string

// The bands of AIVSS v0.8 section 3, which are those of CVSS v4.0. The
// specification leaves 0.0 without a band; like CVSS it is None here.
const (
	None     Severity = "None"
	Low      Severity = "Low"
	Medium   Severity = "Medium"
	High     Severity = "High"
	Critical Severity = "Critical"
)

// Band returns the band of a rounded score.
func Band(score Tenths) Severity {
	switch {
	case score >= 90:
		return Critical
	case score >= 70:
		return High
	case score >= 40:
		return Medium
	case score >= 1:
		return Low
	default:
		return None
	}
}
