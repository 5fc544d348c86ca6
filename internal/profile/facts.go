package profile

// Facts is the whole vocabulary of facts. It mirrors the JSON Schema, where
// every fact is described; a test holds the two together.
type Facts struct {
	Model            Model            `fact:"model"`
	Guardrails       Guardrails       `fact:"guardrails"`
	Output           Output           `fact:"output"`
	Data             Data             `fact:"data"`
	RAG              RAG              `fact:"rag"`
	Memory           Memory           `fact:"memory"`
	Tools            List[Tool]       `fact:"tools"`
	Orchestration    Orchestration    `fact:"orchestration"`
	SelfModification SelfModification `fact:"self_modification"`
	Execution        Execution        `fact:"execution"`
	Network          Network          `fact:"network"`
	Secrets          Secrets          `fact:"secrets"`
	Monitoring       Monitoring       `fact:"monitoring"`
	Evaluation       Evaluation       `fact:"evaluation"`
	Identity         Identity         `fact:"identity"`
	Oversight        Oversight        `fact:"oversight"`
	Incident         Incident         `fact:"incident"`
	Compliance       Compliance       `fact:"compliance"`
	Peers            Peers            `fact:"peers"`
	Listing          Listing          `fact:"listing"`
	Supply           Supply           `fact:"supply"`
}

// Model is the foundation model behind the agent.
type Model struct {
	Name                 Fact[string] `fact:"name"`
	Provider             Fact[string] `fact:"provider"`
	Hosting              Fact[string] `fact:"hosting"`
	VersionPinned        Fact[bool]   `fact:"version_pinned"`
	ChangeNotice         Fact[bool]   `fact:"change_notice"`
	Card                 Fact[bool]   `fact:"card"`
	FineTuned            Fact[bool]   `fact:"fine_tuned"`
	WeightsVerified      Fact[bool]   `fact:"weights_verified"`
	CustomerDataTraining Fact[bool]   `fact:"customer_data_training"`
	ProviderRetention    Fact[int]    `fact:"provider_retention"`
}

// Guardrails are controls that do not depend on the model choosing to comply.
type Guardrails struct {
	InputFilter       Fact[bool] `fact:"input_filter"`
	ContextSeparation Fact[bool] `fact:"context_separation"`
	OutputValidation  Fact[bool] `fact:"output_validation"`
	ToolPolicy        Fact[bool] `fact:"tool_policy"`
	ContentFilter     Fact[bool] `fact:"content_filter"`
}

// Output is what the agent makes for people to read, see or hear.
type Output struct {
	Generates  List[Fact[string]] `fact:"generates"`
	Provenance Fact[bool]         `fact:"provenance"`
}

// Data is what the agent reads and how that is handled.
type Data struct {
	Handling         Fact[bool]         `fact:"handling"`
	Classes          List[Fact[string]] `fact:"classes"`
	BelongsTo        List[Fact[string]] `fact:"belongs_to"`
	Ingress          List[Fact[string]] `fact:"ingress"`
	Retention        Fact[bool]         `fact:"retention"`
	Deletion         Fact[bool]         `fact:"deletion"`
	Locations        Fact[bool]         `fact:"locations"`
	Subprocessors    Fact[bool]         `fact:"subprocessors"`
	TenantIsolation  Fact[bool]         `fact:"tenant_isolation"`
	TrainingUse      Fact[bool]         `fact:"training_use"`
	Encryption       Fact[bool]         `fact:"encryption"`
	RecordsCalls     Fact[bool]         `fact:"records_calls"`
	RecordingConsent Fact[bool]         `fact:"recording_consent"`
}

// RAG is retrieval from a knowledge base.
type RAG struct {
	Used            Fact[bool] `fact:"used"`
	PermissionAware Fact[bool] `fact:"permission_aware"`
	SourceVetting   Fact[bool] `fact:"source_vetting"`
	AgentWrites     Fact[bool] `fact:"agent_writes"`
}

// Memory is state that outlives a session.
type Memory struct {
	Persistent  Fact[bool] `fact:"persistent"`
	Provenance  Fact[bool] `fact:"provenance"`
	Expiry      Fact[bool] `fact:"expiry"`
	UserControl Fact[bool] `fact:"user_control"`
	Isolation   Fact[bool] `fact:"isolation"`
}

// Tool is something the agent can call.
type Tool struct {
	ID                   Fact[string]       `fact:"id"`
	Kind                 Fact[string]       `fact:"kind"`
	Party                Fact[string]       `fact:"party"`
	Access               List[Fact[string]] `fact:"access"`
	Scopes               List[Fact[string]] `fact:"scopes"`
	Audience             Fact[string]       `fact:"audience"`
	Reversible           Fact[bool]         `fact:"reversible"`
	AuthenticatedSession Fact[bool]         `fact:"authenticated_session"`
	Publisher            Fact[string]       `fact:"publisher"`
	PublisherVerified    Fact[bool]         `fact:"publisher_verified"`
	Pinned               Fact[bool]         `fact:"pinned"`
	Signed               Fact[bool]         `fact:"signed"`
}

// Orchestration is the agent framework.
type Orchestration struct {
	Framework      Fact[string] `fact:"framework"`
	Planning       Fact[bool]   `fact:"planning"`
	Codegen        Fact[bool]   `fact:"codegen"`
	ToolAllowlist  Fact[bool]   `fact:"tool_allowlist"`
	ArgumentChecks Fact[bool]   `fact:"argument_checks"`
	PlanCheck      Fact[bool]   `fact:"plan_check"`
	DynamicTools   Fact[bool]   `fact:"dynamic_tools"`
	Limits         Limits       `fact:"limits"`
}

// Limits are ceilings per run.
type Limits struct {
	Steps  Fact[bool] `fact:"steps"`
	Time   Fact[bool] `fact:"time"`
	Budget Fact[bool] `fact:"budget"`
}

// SelfModification is what the agent can change about itself.
type SelfModification struct {
	Allowed       Fact[bool]         `fact:"allowed"`
	ChangeControl Fact[bool]         `fact:"change_control"`
	Surfaces      List[Fact[string]] `fact:"surfaces"`
}

// Execution is where the agent and its code run.
type Execution struct {
	Environment   Fact[string] `fact:"environment"`
	MultiTenant   Fact[bool]   `fact:"multi_tenant"`
	RunsCode      Fact[bool]   `fact:"runs_code"`
	Sandbox       Sandbox      `fact:"sandbox"`
	HostPrivilege Fact[string] `fact:"host_privilege"`
	Ephemeral     Fact[bool]   `fact:"ephemeral"`
}

// Sandbox is the isolation of what the agent executes.
type Sandbox struct {
	Present   Fact[bool]   `fact:"present"`
	DefaultOn Fact[bool]   `fact:"default_on"`
	Kind      Fact[string] `fact:"kind"`
}

// Network is what the agent can reach and who can reach it.
type Network struct {
	Egress               Fact[string]       `fact:"egress"`
	Transports           List[Fact[string]] `fact:"transports"`
	IngressPublic        Fact[bool]         `fact:"ingress_public"`
	RendersRemoteContent Fact[bool]         `fact:"renders_remote_content"`
}

// Secrets are the credentials the agent uses.
type Secrets struct {
	Storage    Fact[string] `fact:"storage"`
	ReachModel Fact[bool]   `fact:"reach_model"`
}

// Monitoring is what is recorded and watched.
type Monitoring struct {
	ActionLog   Fact[bool] `fact:"action_log"`
	Attribution Fact[bool] `fact:"attribution"`
	Integrity   Fact[bool] `fact:"integrity"`
	Redaction   Fact[bool] `fact:"redaction"`
	Export      Fact[bool] `fact:"export"`
	Alerting    Fact[bool] `fact:"alerting"`
	Drift       Fact[bool] `fact:"drift"`
}

// Evaluation is how the agent is tested.
type Evaluation struct {
	AgentLevel  Fact[bool] `fact:"agent_level"`
	RedTeam     Fact[bool] `fact:"red_team"`
	Independent Fact[bool] `fact:"independent"`
	OnChange    Fact[bool] `fact:"on_change"`
}

// Identity is as whom the agent acts.
type Identity struct {
	ActsAs           Fact[string]       `fact:"acts_as"`
	PerAgent         Fact[bool]         `fact:"per_agent"`
	LeastPrivilege   Fact[bool]         `fact:"least_privilege"`
	TokenLifetime    Fact[string]       `fact:"token_lifetime"`
	Revocation       Fact[bool]         `fact:"revocation"`
	PerActionAuthz   Fact[bool]         `fact:"per_action_authz"`
	CallerAuth       Fact[bool]         `fact:"caller_auth"`
	CallerAuthBy     List[Fact[string]] `fact:"caller_auth_by"`
	CreatedAtRunTime Fact[bool]         `fact:"created_at_run_time"`
}

// Oversight is what people control.
type Oversight struct {
	Approval         Fact[string] `fact:"approval"`
	InformedApproval Fact[bool]   `fact:"informed_approval"`
	ActsAlone        Fact[bool]   `fact:"acts_alone"`
	Unattended       Fact[bool]   `fact:"unattended"`
	Stop             Fact[bool]   `fact:"stop"`
	Undo             Fact[bool]   `fact:"undo"`
	SpendingLimit    Fact[bool]   `fact:"spending_limit"`
	AIDisclosure     Fact[bool]   `fact:"ai_disclosure"`
}

// Incident is what happens when something goes wrong.
type Incident struct {
	Response Fact[bool] `fact:"response"`
	Contact  Fact[bool] `fact:"contact"`
	VDP      Fact[bool] `fact:"vdp"`
}

// Compliance is attestations and accountability.
type Compliance struct {
	Certifications   List[Certification] `fact:"certifications"`
	Owner            Fact[bool]          `fact:"owner"`
	ImpactAssessment Fact[bool]          `fact:"impact_assessment"`
	UseClass         Fact[string]        `fact:"use_class"`
}

// Certification is one independent attestation.
type Certification struct {
	ID           Fact[string] `fact:"id"`
	Scope        Fact[bool]   `fact:"scope"`
	ValidUntil   Fact[string] `fact:"valid_until"`
	ReportAccess Fact[bool]   `fact:"report_access"`
}

// Peers are other agents.
type Peers struct {
	MultiAgent       Fact[bool]   `fact:"multi_agent"`
	InProcess        Fact[bool]   `fact:"in_process"`
	External         Fact[bool]   `fact:"external"`
	Protocol         Fact[string] `fact:"protocol"`
	MutualAuth       Fact[bool]   `fact:"mutual_auth"`
	MessageIntegrity Fact[bool]   `fact:"message_integrity"`
	DelegationLimits Fact[bool]   `fact:"delegation_limits"`
	SharedMemory     Fact[bool]   `fact:"shared_memory"`
}

// Listing is how the agent is presented.
type Listing struct {
	ClaimsVerified Fact[bool] `fact:"claims_verified"`
	CardSigned     Fact[bool] `fact:"card_signed"`
}

// Supply is where the agent's own software comes from.
type Supply struct {
	Licence        Fact[string] `fact:"licence"`
	OpenSource     Fact[bool]   `fact:"open_source"`
	SBOM           Fact[bool]   `fact:"sbom"`
	AIBOM          Fact[bool]   `fact:"aibom"`
	ReleaseSigning Fact[bool]   `fact:"release_signing"`
	UpdateChannel  Fact[string] `fact:"update_channel"`
	UpdateSigned   Fact[bool]   `fact:"update_signed"`
}
