package html

import (
	"context"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	browserlog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// browser is a tab of Chromium and what went wrong in it.
type browser struct {
	t   testing.TB
	ctx context.Context
	// axe is the source of axe-core, "" without it.
	axe string

	mu       sync.Mutex
	problems []string
}

// newBrowser starts Chromium. Without one the test is skipped, but not in CI.
func newBrowser(t *testing.T) *browser {
	t.Helper()
	if testing.Short() {
		t.Skip("long, in a process of its own")
	}
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil && program == "" {
			program = found
		}
	}
	if program == "" {
		missing(t, "no Chromium is installed")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.UserDataDir(t.TempDir()), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	limited, end := context.WithTimeout(context.Background(), 5*time.Minute)
	t.Cleanup(end)
	ctx, stop := chromedp.NewExecAllocator(limited, options...)
	t.Cleanup(stop)
	ctx, closeTab := chromedp.NewContext(ctx)
	t.Cleanup(closeTab)
	b := &browser{t: t, ctx: ctx}
	b.must(chromedp.Listen(ctx, b.event))
	call(b, network.Enable, network.EnableParams{})
	if file := os.Getenv("AXE_CORE"); file != "" {
		source, err := os.ReadFile(file)
		b.must(err)
		b.axe = string(source)
	}
	return b
}

// missing skips the test, but fails it in CI.
func missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// event notes errors, console messages and requests other than for the page.
func (b *browser) event(event any) {
	problem := ""
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if e.Type != network.ResourceTypeDocument {
			problem = "request for " + e.Request.URL
		}
	case *runtime.EventExceptionThrown:
		problem = "exception: " + e.ExceptionDetails.Text
	case *runtime.EventConsoleAPICalled:
		problem = "console: " + string(e.Type)
	case *browserlog.EventEntryAdded:
		problem = "log: " + e.Entry.Text
	}
	if problem != "" {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.problems = append(b.problems, problem)
	}
}

func (b *browser) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	b.must(chromedp.Do(b.ctx, steps...))
}

// eval returns the value of an expression.
func eval[T any](b *browser, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	b.must(err)
	return v
}

// expect fails unless an expression is true.
func (b *browser) expect(expression string) {
	b.t.Helper()
	if !eval[bool](b, expression) {
		b.t.Errorf("not so: %s", expression)
	}
}

// view is a screen.
type view struct {
	width, height int64
	// scheme is the preferred colour scheme; media is "print" or "".
	scheme, media string
}

var desktop = view{width: 1280, height: 900, scheme: "light"}

// open shows a file in a view.
func (b *browser) open(file string, v view) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(v.width, v.height))
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: v.media, Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: v.scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
	b.do(chromedp.Navigate("file://" + file))
}

func (b *browser) keys(keys string) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(keys))
}

// fits checks that nothing sticks out to the right, and that the page asked for
// nothing and complained of nothing.
func (b *browser) fits() {
	b.t.Helper()
	b.expect(`document.documentElement.scrollWidth <= innerWidth`)
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.problems) > 0 {
		b.t.Errorf("%s", strings.Join(b.problems, "\n"))
		b.problems = nil
	}
}

// accessible runs axe-core.
func (b *browser) accessible() {
	b.t.Helper()
	if b.axe == "" {
		return
	}
	eval[any](b, b.axe+";0")
	for _, v := range eval[[]string](b, `axe.run().then(r => r.violations.map(v => v.id + ": " + v.help + "\n" + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + "\n" + n.failureSummary).join("\n")))`) {
		b.t.Errorf("axe: %s", v)
	}
}

// reachable checks that Tab goes once through everything that can be operated,
// in the order of the page, and that the skip link leads past the top.
func (b *browser) reachable() {
	b.t.Helper()
	n := eval[int](b, `(() => {
		window.all = [...document.querySelectorAll("a[href], summary, input, select, button")].filter(e => e.checkVisibility());
		window.seen = [];
		addEventListener("focusin", e => seen.push(all.indexOf(e.target)));
		return all.length;
	})()`)
	for range n {
		b.keys(kb.Tab)
	}
	seen := eval[[]int](b, `seen`)
	for i, got := range seen {
		if got != i {
			b.t.Errorf("Tab %d goes to element %d of %d", i+1, got, n)
			break
		}
	}
	if len(seen) != n {
		b.t.Errorf("Tab reaches %d of %d elements", len(seen), n)
	}
	eval[any](b, `all[0].focus()`)
	b.keys(kb.Enter)
	b.expect(`location.hash === "#main"`)
}

// printable checks paper: light whatever the screen is, and a PDF, of which it returns
// the number of pages. What is folded stays folded, but for the box that opens all.
func (b *browser) printable(file string) int {
	b.t.Helper()
	b.open(file, view{width: 680, height: 1000, scheme: "dark", media: "print"})
	b.fits()
	b.expect(`getComputedStyle(document.documentElement).backgroundColor === "rgb(255, 255, 255)"`)
	b.expect(`[...document.querySelectorAll("details > :not(summary)")].every(e => !e.checkVisibility())`)
	pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF())
	b.must(err)
	if !strings.HasPrefix(string(pdf), "%PDF-") {
		b.t.Errorf("no PDF: %.20q", pdf)
	}
	b.expect(`(w => { if (w) w.checked = true; return [...document.querySelectorAll("details *")].every(e => e.checkVisibility()) })(document.getElementById("whole"))`)
	b.fits()
	return len(pdfPage.FindAll(pdf, -1))
}

// pdfPage is the beginning of a page in a PDF.
var pdfPage = regexp.MustCompile(`/Type\s*/Page\b`)

// call sends a command of the protocol.
func call[P, R any](b *browser, command cdp.Command[P, R], params P) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, command, params)
	b.must(err)
}
