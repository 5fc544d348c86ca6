package kagent

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
)

// keysOf makes a table of keys: those that are read, and those of which nothing follows.
func keysOf(read, ignored string) map[string]string {
	out := map[string]string{}
	for _, key := range strings.Fields(read) {
		out[key] = ""
	}
	for _, key := range strings.Fields(ignored) {
		out[key] = nothing
	}
	return out
}

// Keys of the resources, of every version, by where they stand.
var (
	rootKeys = keysOf("apiVersion kind metadata spec", "status")
	metaKeys = keysOf("name namespace", "labels annotations generateName finalizers ownerReferences uid resourceVersion creationTimestamp generation managedFields selfLink")

	specKeys    = keysOf("type description version provider documentationUrl declarative byo sandbox skills", "allowedNamespaces iconUrl substrate")
	innerKeys   = keysOf("modelConfig tools memory deployment env shareTools executeCodeBlocks", "systemMessage systemMessageFrom promptTemplate a2aConfig context runtime stream imageRegistry")
	firstKeys   = keysOf("description deployment memory modelConfig tools", "a2aConfig stream systemMessage")
	imageKeys   = keysOf("deployment env image", "args cmd")
	podKeys     = keysOf("env envFrom image extraContainers securityContext podSecurityContext serviceAccountName volumes", "affinity annotations args cmd deploymentAnnotations imagePullPolicy imagePullSecrets imageRegistry labels nodeSelector replicas resources serviceAccountConfig tolerations topologySpreadConstraints volumeMounts workingDir")
	contextKeys = keysOf("privileged allowPrivilegeEscalation capabilities runAsNonRoot runAsUser", "appArmorProfile procMount readOnlyRootFilesystem runAsGroup seLinuxOptions seccompProfile windowsOptions fsGroup fsGroupChangePolicy supplementalGroups supplementalGroupsPolicy sysctls seLinuxChangePolicy")
	memoryKeys  = keysOf("ttlDays", "modelConfig")
	boxKeys     = keysOf("network", "")
	networkKeys = keysOf("allowedDomains", "")

	itemKeys   = keysOf("type mcpServer agent headersFrom", "isolateSessions")
	refKeys    = keysOf("name ref", "kind apiGroup namespace")
	serverKeys = keysOf("name namespace kind toolServer toolNames requireApproval allowedHeaders", "apiGroup")
	skillsKeys = keysOf("refs gitRefs s3Refs insecureSkipVerify", "gitAuthSecretRef imagePullSecrets initContainer")

	remoteKeys     = keysOf("url headersFrom tls", "description protocol sseReadTimeout terminateOnClose timeout allowedNamespaces")
	deployedKeys   = keysOf("deployment", "transportType httpTransport stdioTransport timeout")
	deploymentKeys = keysOf("image cmd args env", "affinity annotations configMapRefs imagePullPolicy imagePullSecrets initContainer labels nodeSelector podSecurityContext port replicas resources secretRefs securityContext serviceAccount serviceAccountName sidecars tolerations volumeMounts volumes")
	modelKeys      = keysOf("model provider apiKeySecret apiKeySecretRef apiKeyPassthrough defaultHeaders tls anthropic anthropicVertexAI azureOpenAI bedrock foundry gemini geminiVertexAI ollama openAI sapAICore", "apiKeySecretKey modelInfo")
)

// keys notes what of the resource is in no fact. What stands outside of the part where
// it counts the cluster drops.
func (a *agent) keys() {
	a.Keys(a.root, rootKeys)
	a.Keys(a.root.Get("metadata"), metaKeys)
	if a.first {
		a.Keys(a.spec, firstKeys)
		a.Keys(a.spec.Get("deployment"), podKeys)
		return
	}
	moved := []string{asking}
	a.strayed(a.spec)
	for _, key := range a.spec.Keys() {
		_, here := specKeys[key]
		if _, inside := innerKeys[key]; inside && !here {
			a.Note(origin.Misplaced, a.spec.Get(key), "not heeded here, it counts as spec.declarative.%s", key)
			moved = append(moved, key)
		}
	}
	a.Keys(a.spec.Without(moved...), specKeys)
	inner, image := a.spec.Get("declarative"), a.spec.Get("byo")
	a.strayed(inner)
	a.Keys(inner.Without(asking), innerKeys)
	a.Keys(image, imageKeys)
	for _, d := range []draft.Node{inner.Get("deployment"), image.Get("deployment")} {
		a.Keys(d, podKeys)
		if d.Is() && strings.HasSuffix(a.root.Get("apiVersion").Text(), "v1alpha3") {
			a.Note(origin.Misplaced, d, "not heeded in this version, which has no deployment")
		}
	}
	a.Keys(inner.Get("memory"), memoryKeys)
	a.Keys(a.spec.Get("sandbox"), boxKeys)
	a.Keys(a.spec.Get("sandbox", "network"), networkKeys)
	if n := inner.Get("shareTools"); n.Value == true {
		a.Note(origin.Open, n, "it can share its session with others by links")
	}
	if n := inner.Get("executeCodeBlocks"); n.Value == true { // of early releases
		a.Set("/execution/runs_code", true, n, draft.Configured)
	}
	if n := a.spec.Get("allowedNamespaces", "from"); slices.Contains([]string{"All", "Selector"}, n.Text()) {
		a.Note(origin.Open, n, "agents of other namespaces can call it")
	}
}

// asking is the key by which calls wait for a person.
const asking = "requireApproval"

// strayed tells of an approval that is asked where nobody heeds it.
func (a *agent) strayed(n draft.Node) {
	if at := n.Get(asking); at.Is() {
		a.Note(origin.Misplaced, at, "not heeded here, it counts beside toolNames")
	}
}

// kept tells of a value of a Secret that stands in the file.
func (a *agent) kept(n draft.Node, encoded bool) {
	value := n.Text()
	if plain, err := base64.StdEncoding.DecodeString(value); encoded && err == nil {
		value = string(plain)
	}
	a.CredentialIn("secret", value, n)
}
