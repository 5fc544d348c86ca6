package mcp

import (
	"iter"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
)

func keysOf(values map[string][]string) iter.Seq[string] { return maps.Keys(values) }

// word is a word of a command line and where it stands.
type word struct {
	text string
	at   draft.Node
}

// wordsOf is the command line of a server. Some write all of it into command, or
// begin it with the shell of Windows.
func wordsOf(s draft.Node) (out []word) {
	n := s.Get("command").Or(s.Get("cmd"))
	for _, command := range n.Texts() {
		for _, text := range strings.Fields(command) {
			out = append(out, word{text, n})
		}
	}
	for _, a := range s.Get("args").Items() {
		out = append(out, word{a.Text(), a})
	}
	if len(out) > 2 && program(out[0].text) == "cmd" && strings.EqualFold(out[1].text, "/c") {
		out = out[2:]
	}
	return out
}

// program is the name of a program without its directory and the ending of Windows.
func program(command string) string {
	name := strings.ToLower(path.Base(strings.ReplaceAll(command, `\`, "/")))
	for _, end := range []string{".exe", ".cmd"} {
		name = strings.TrimSuffix(name, end)
	}
	return name
}

// startedBy reads the command by which a server is started, or the image of its container
// where the command is of no package.
func startedBy(d *draft.Draft, s, container draft.Node) ref {
	r := commandOf(d, s)
	if r.is == "" && container.Text() != "" {
		return image(d, []word{{container.Text(), container}})
	}
	return r
}

// commandOf reads what a local server is started by, and its credentials among the
// arguments.
func commandOf(d *draft.Draft, s draft.Node) ref {
	words := wordsOf(s)
	if len(words) == 0 {
		return ref{}
	}
	arguments(d, words)
	rest := words[1:]
	sub := func(names ...string) bool {
		if len(rest) < len(names) {
			return false
		}
		for i, name := range names {
			if rest[i].text != name {
				return false
			}
		}
		rest = rest[len(names):]
		return true
	}
	switch program(words[0].text) {
	case "npx", "bunx", "pnpx":
		return npm(rest)
	case "npm":
		if sub("exec") || sub("x") {
			return npm(rest)
		}
	case "pnpm", "yarn":
		if sub("dlx") {
			return npm(rest)
		}
	case "bun":
		if sub("x") {
			return npm(rest)
		}
	case "uvx":
		return pypi(rest)
	case "uv":
		if sub("tool", "run") {
			return pypi(rest)
		}
	case "pipx":
		if sub("run") {
			return pypi(rest)
		}
	case "docker", "podman":
		if sub("run") || sub("container", "run") {
			return image(d, rest)
		}
	}
	d.Note(origin.Open, words[0].at, "starts a program; what it is and does is not said")
	return ref{}
}

// arguments looks for credentials among arguments: --api-key VALUE, --api-key=VALUE, and
// -e NAME=VALUE of a container.
func arguments(d *draft.Draft, words []word) {
	for i, w := range words {
		name, value, ok := strings.Cut(strings.TrimLeft(w.text, "-"), "=")
		switch {
		case ok:
			d.CredentialIn(name, value, w.at)
		case strings.HasPrefix(w.text, "-") && i+1 < len(words) && !strings.HasPrefix(words[i+1].text, "-"):
			d.CredentialIn(name, words[i+1].text, words[i+1].at)
		default:
			d.CredentialIn("", w.text, w.at)
		}
	}
}

// operand is the first word that is no flag, where some flags have a value, or the
// value of one that names it.
func operand(words []word, valued, naming []string) (word, bool) {
	for i := 0; i < len(words); i++ {
		flag, value, joined := strings.Cut(words[i].text, "=")
		switch {
		case !strings.HasPrefix(flag, "-"):
			return words[i], true
		case slices.Contains(naming, flag) && joined:
			return word{value, words[i].at}, true
		case slices.Contains(naming, flag) && i+1 < len(words):
			return words[i+1], true
		case slices.Contains(valued, flag) && !joined:
			i++
		}
	}
	return word{}, false
}

// exact is a version that names one release.
var exact = regexp.MustCompile(`^v?[0-9]+(\.[0-9]+)+([-+.][0-9A-Za-z.-]+)?$`)

// commit is a revision that cannot move.
var commit = regexp.MustCompile(`@[0-9a-f]{40}$`)

func known(kind, name, version string, at draft.Node) ref {
	if name == "" || strings.ContainsAny(name, "${}") {
		return ref{}
	}
	pinned := exact.MatchString(version)
	return ref{kind + ":" + name, &pinned, at}
}

// npm reads what npx and its like are told to run.
func npm(words []word) ref {
	w, ok := operand(words, []string{"-c", "--call", "--registry", "--cache", "--userconfig", "--prefix", "-w", "--workspace"}, []string{"-p", "--package"})
	if !ok {
		return ref{}
	}
	if strings.Contains(w.text, "://") || strings.HasPrefix(w.text, "github:") || strings.HasPrefix(w.text, ".") || strings.HasPrefix(w.text, "/") {
		return elsewhere(w)
	}
	name, version := w.text, ""
	if i := strings.LastIndexByte(w.text, '@'); i > 0 {
		name, version = w.text[:i], w.text[i+1:]
	}
	return known("package", name, version, w.at)
}

// pypi reads what uvx and its like are told to run.
func pypi(words []word) ref {
	valued := []string{"--with", "--python", "-p", "--index-url", "--extra-index-url", "--index", "--default-index", "--directory", "--project", "--refresh-package", "--with-editable"}
	w, ok := operand(words, valued, []string{"--from", "--spec"})
	if !ok {
		return ref{}
	}
	if strings.Contains(w.text, "://") || strings.HasPrefix(w.text, ".") || strings.HasPrefix(w.text, "/") {
		return elsewhere(w)
	}
	at := strings.IndexAny(w.text, "@=<>~![")
	if at < 0 {
		return known("package", w.text, "", w.at)
	}
	name, version := w.text[:at], w.text[at:]
	if _, after, ok := strings.Cut(version, "]"); ok { // the extras
		version = after
	}
	version = strings.TrimPrefix(strings.TrimPrefix(version, "=="), "@")
	return known("package", name, version, w.at)
}

// elsewhere is what is fetched from a repository, or lies in a directory.
func elsewhere(w word) ref {
	r := ref{at: w.at}
	if strings.Contains(w.text, "://") {
		pinned := commit.MatchString(w.text)
		r.pinned = &pinned
	}
	return r
}

// image reads what image a container is of. A tag can be moved to another image, a
// digest cannot.
func image(d *draft.Draft, words []word) ref {
	valued := strings.Fields("-e --env --env-file -v --volume --mount --name --network --net -p --publish -u --user -w --workdir --entrypoint --platform --add-host -l --label --memory -m --cpus --tmpfs --device --gpus --cap-add --cap-drop --security-opt --hostname -h --pull --shm-size --ulimit --ipc --pid --restart --log-driver --dns")
	for i, w := range words {
		flag, value, joined := strings.Cut(w.text, "=")
		if !joined && i+1 < len(words) {
			value = words[i+1].text
		}
		volume := flag == "-v" || flag == "--volume" || flag == "--mount"
		if flag == "--privileged" || volume && (strings.HasPrefix(value, "/:") || strings.Contains(value, "docker.sock")) {
			d.Note(origin.Open, w.at, "gives the container the host")
		}
		if (flag == "-e" || flag == "--env") && !strings.Contains(value, "=") { // from who starts it
			d.CredentialIn(value, "${"+value+"}", w.at)
		}
	}
	w, ok := operand(words, valued, nil)
	if !ok || strings.ContainsAny(w.text, "${}") {
		return ref{}
	}
	name, digest, pinned := strings.Cut(w.text, "@")
	tag := ""
	if i := strings.LastIndexByte(name, ':'); i > strings.LastIndexByte(name, '/') {
		name, tag = name[:i], name[i+1:]
	}
	r := ref{is: "image:" + name, at: w.at}
	if pinned = pinned && strings.HasPrefix(digest, "sha256:"); pinned || tag == "" || tag == "latest" {
		r.pinned = &pinned
	} else {
		d.Note(origin.Open, w.at, "a tag can be moved, so its version is not sure to be pinned")
	}
	return r
}
