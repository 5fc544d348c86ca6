package html

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp/kb"

	"github.com/audition-dev/audition/internal/report/reporttest"
	"github.com/audition-dev/audition/internal/verdict"
)

// TestBrowser opens pages of every kind on a phone and on a desktop, light and
// dark, and on paper.
func TestBrowser(t *testing.T) {
	b := newBrowser(t)
	if b.axe == "" {
		defer missing(t, "AXE_CORE does not name axe.min.js of axe-core: accessibility is not checked")
	}
	dir := t.TempDir()
	pages := map[string]*verdict.Verdict{"everything": everything(t), "long": poisoned(t, strings.Repeat("x", 300)), "markup": poisoned(t, hostileTexts[1])}
	pages["long"].Subject.Summary, pages["long"].Findings[0].Message = strings.Repeat("x", 10_000), strings.Repeat("x", 10_000)
	for _, name := range []string{"release-notes", "lutra-ai", "browser-agent"} {
		pages[name] = reporttest.Example(t, name)
	}
	for name, v := range pages {
		writeFile(t, filepath.Join(dir, name+".html"), htmlOf(t, v))
	}
	writeFile(t, filepath.Join(dir, "index.html"), indexOf(t, append(manyAgents(t, 9), pages["long"], pages["markup"])))
	for _, name := range append(pageNames(pages), "index") {
		file := filepath.Join(dir, name+".html")
		t.Run(name, func(t *testing.T) {
			b.t = t
			for _, v := range []view{desktop, {1280, 900, "dark", ""}, {390, 844, "light", ""}, {360, 740, "dark", ""}} {
				b.open(file, v)
				b.fits()
				b.accessible()
			}
			b.open(file, desktop)
			b.reachable()
			if n := b.printable(file); name == "lutra-ai" && n > 4 {
				t.Errorf("%d pages on paper, want at most 4", n)
			}
		})
	}
	b.t = t
}

func pageNames(pages map[string]*verdict.Verdict) []string {
	var out []string
	for name := range pages {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func writeFile(t testing.TB, file string, data []byte) {
	t.Helper()
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// shown are the agents that the index shows, in its order.
func (b *browser) shown() []string {
	b.t.Helper()
	return eval[[]string](b, `[...document.querySelectorAll("tbody tr")].filter(tr => tr.checkVisibility()).map(tr => tr.querySelector("a").textContent)`)
}

func (b *browser) wantShown(why string, want ...string) {
	b.t.Helper()
	if got := b.shown(); !slices.Equal(got, want) {
		b.t.Errorf("%s: got %q, want %q", why, got, want)
	}
}

// TestIndexByKeyboard searches, filters and sorts without a mouse.
func TestIndexByKeyboard(t *testing.T) {
	b := newBrowser(t)
	file := filepath.Join(t.TempDir(), "index.html")
	writeFile(t, file, indexOf(t, manyAgents(t, 9)))
	b.open(file, desktop)
	all := b.shown()
	if len(all) != 9 || all[0] != "Desktop Helper 2" {
		t.Fatalf("got %q", all)
	}
	const skipLink = 1
	for range skipLink + 1 {
		b.keys(kb.Tab)
	}
	b.expect(`document.activeElement.id === "q"`)
	b.keys("LUTRA slack")
	b.wantShown("search for two words", "Lutra AI 4")
	b.expect(`document.getElementById("shown").textContent === "1 of 9 agents"`)
	b.keys("zzz")
	b.wantShown("search for nothing there is")
	b.expect(`document.getElementById("none").checkVisibility()`)
	b.keys(strings.Repeat(kb.Backspace, 20))
	b.wantShown("nothing searched", all...)

	b.keys(kb.Tab + kb.ArrowDown)
	b.wantShown("decision: reject", "Desktop Helper 2", "Browser Agent 0")
	b.keys(kb.Tab + kb.ArrowDown + kb.ArrowDown)
	b.wantShown("decision: reject, score: high", "Browser Agent 0")
	b.keys(kb.ArrowUp)
	b.keys(kb.Tab + kb.ArrowDown)
	b.wantShown("decision: reject, score: critical, reason: the score", "Desktop Helper 2")
	b.keys(kb.ArrowUp + kb.Tab + kb.ArrowDown)
	b.wantShown("decision: reject, score: critical, layer: L1", "Desktop Helper 2")
	b.keys(strings.Repeat(kb.ArrowDown, 6))
	b.wantShown("decision: reject, score: critical, layer: L7", "Desktop Helper 2")
	b.open(file, desktop)

	for range skipLink + 5 + 2 {
		b.keys(kb.Tab)
	}
	b.expect(`document.activeElement.textContent === "AIVSS"`)
	b.keys(kb.Enter)
	b.expect(`document.activeElement.parentElement.ariaSort === "descending"`)
	if got := b.shown(); got[0] != "Desktop Helper 2" || got[8] != "Release Notes Writer 7" {
		t.Errorf("the highest score first: %q", got)
	}
	b.keys(" ")
	b.expect(`document.activeElement.parentElement.ariaSort === "ascending" && document.querySelectorAll("[aria-sort]").length === 1`)
	if got := b.shown(); got[0] != "Release Notes Writer 7" {
		t.Errorf("the lowest score first: %q", got)
	}
	b.keys(kb.Tab + kb.Enter)
	if got := b.shown(); !slices.IsSorted(got) {
		t.Errorf("by name: %q", got)
	}
	b.open(file, view{390, 844, "light", ""})
	eval[any](b, `document.getElementById("s").focus()`)
	b.keys(kb.ArrowDown + kb.ArrowDown)
	if got := b.shown(); !slices.IsSorted(got) {
		t.Errorf("by name on a phone: %q", got)
	}
	b.fits()
}

// TestIndexOfManyAgents opens a large index with and without script. The times
// are logged and decide nothing.
func TestIndexOfManyAgents(t *testing.T) {
	b := newBrowser(t)
	file := filepath.Join(t.TempDir(), "index.html")
	writeFile(t, file, indexOf(t, manyAgents(t, 2000)))
	for _, v := range []view{desktop, {390, 844, "dark", ""}} {
		b.open(file, v)
		b.fits()
		load := eval[float64](b, `performance.getEntriesByType("navigation")[0].loadEventEnd`)
		search := eval[float64](b, `new Promise(done => {
			const q = document.getElementById("q"), begun = performance.now();
			q.value = "lutra";
			q.dispatchEvent(new Event("input"));
			requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
		})`)
		sort := eval[float64](b, `new Promise(done => {
			document.getElementById("q").value = "";
			document.getElementById("q").dispatchEvent(new Event("input"));
			const begun = performance.now();
			document.querySelectorAll("th button")[2].click();
			requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
		})`)
		t.Logf("%d px: load %.0f ms, search %.0f ms, sort %.0f ms", v.width, load, search, sort)
	}
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.open(file, desktop)
	b.fits()
	b.expect(`document.querySelectorAll("tbody tr:not([hidden])").length === 2000 && !document.querySelector(".tools").checkVisibility()`)
}
