package verdict

// NotApplicable is a fact, a list or a section that does not apply.
type NotApplicable struct {
	// By is subject, or profile where that declares it.
	By      string `json:"by"`
	Fact    string `json:"fact"`
	Because string `json:"because"`
	// Line is where the profile says what it is, or declares it; 0 for neither.
	Line int `json:"line,omitempty"`
}

// Who can say that something does not apply.
const (
	BySubject = "subject"
	ByProfile = "profile"
)

// IsAgent tells whether an agent was judged.
func (s Subject) IsAgent() bool { return s.Kind == "" || s.Kind == "agent" }
