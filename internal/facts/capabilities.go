package facts

import "github.com/audition-dev/audition/internal/profile"

// capabilities are what the tools of an agent let it do.
type capabilities struct {
	list                                               profile.List[tool]
	any, holdsData, sensitive, readsOthers, reachesOut Claim
	changes, destroys, pays, impacts, runs, browses    Claim
}

type tool = profile.Tool

// changes are the access rights that change something.
var changes = []string{"write", "send", "delete", "execute", "pay", "admin"}

func capabilitiesOf(tools profile.List[tool]) capabilities {
	one := func(holds func(tool) Claim) Claim { return some(tools, holds) }
	kind := func(kinds ...string) Claim {
		return one(func(t tool) Claim { return is(t.Kind, kinds...) })
	}
	access := func(rights ...string) Claim {
		return one(func(t tool) Claim { return holds(t.Access, rights...) })
	}
	c := capabilities{list: tools}
	c.any = one(func(t tool) Claim { return claim(Yes, t.ID.Pointer) })
	c.holdsData = kind("email", "messaging", "database")
	c.sensitive = or(kind("infra", "payment", "wallet"), access("admin"))
	c.readsOthers = one(func(t tool) Claim {
		return and(is(t.Kind, "email", "messaging", "telephony", "browser", "computer_use", "http", "mcp"), holds(t.Access, "read"))
	})
	c.reachesOut = one(func(t tool) Claim {
		return and(or(holds(t.Access, "send", "pay"), is(t.Kind, "browser", "computer_use", "http")), outward(t))
	})
	c.changes = access(changes...)
	c.destroys = one(func(t tool) Claim {
		return or(holds(t.Access, "delete", "admin"), and(not(yes(t.Reversible)), holds(t.Access, changes...)))
	})
	c.pays = or(access("pay"), kind("payment"),
		one(func(t tool) Claim { return and(is(t.Kind, "wallet"), holds(t.Access, "write", "send")) }))
	c.impacts = or(
		one(func(t tool) Claim { return and(holds(t.Access, "send"), is(t.Audience, "external")) }),
		one(func(t tool) Claim { return and(is(t.Kind, "infra"), holds(t.Access, "write", "execute", "admin")) }))
	c.runs = or(kind("interpreter"),
		one(func(t tool) Claim { return and(is(t.Kind, "shell", "code"), holds(t.Access, "execute")) }))
	c.browses = kind("browser", "computer_use")
	return c
}

// outward is no only when actions are declared to stay inside: sending is taken
// to reach outsiders until it is said not to. A disclosure can turn what is built
// on it from yes to no, so no interval may.
func outward(t tool) Claim {
	if t.Audience.Disclosed {
		return not(is(t.Audience, "internal"))
	}
	return Claim{Value: Yes}
}
