package junit

import (
	"bytes"
	"testing"
)

// TestWrite: counts are those of the cases, and what is empty is left out.
func TestWrite(t *testing.T) {
	one := Suite{Name: "one", Properties: &Properties{[]Property{{"score", "7.1"}}}}
	one.Add(Case{Name: "a", Class: "c", File: "f.yaml", Output: &Text{Lines: "1 < 2\n"}})
	one.Add(Case{Name: "b", Class: "c", Skipped: &Skip{"waived"}})
	two := Suite{Name: "two"}
	two.Add(Case{Name: "a", Class: "d", Failure: &Why{"reject", "too \"much\"", Text{Line: "1 < 2"}}})
	two.Add(Case{Name: "b", Class: "d", Error: &Why{Message: "broken"}})
	two.Add(Case{Name: "c", Class: "d", Skipped: &Skip{}})
	all := Suites{Name: "all", Skipped: new(int)}
	all.Add(one)
	all.Add(two)
	var out bytes.Buffer
	if err := Write(&out, all); err != nil {
		t.Fatal(err)
	}
	const want = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="all" tests="5" failures="1" errors="1" skipped="2">
  <testsuite name="one" tests="2" failures="0" errors="0" skipped="1">
    <properties>
      <property name="score" value="7.1"></property>
    </properties>
    <testcase name="a" classname="c" file="f.yaml">
      <system-out><![CDATA[1 < 2
]]></system-out>
    </testcase>
    <testcase name="b" classname="c">
      <skipped message="waived"></skipped>
    </testcase>
  </testsuite>
  <testsuite name="two" tests="3" failures="1" errors="1" skipped="1">
    <testcase name="a" classname="d">
      <failure type="reject" message="too &#34;much&#34;">1 &lt; 2</failure>
    </testcase>
    <testcase name="b" classname="d">
      <error message="broken"></error>
    </testcase>
    <testcase name="c" classname="d">
      <skipped></skipped>
    </testcase>
  </testsuite>
</testsuites>
`
	if out.String() != want {
		t.Errorf("got\n%s", out.String())
	}
}
