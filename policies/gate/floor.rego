# METADATA
# title: Floor of disclosure
# description: |
#   Where nothing is said of what an agent can do, what it works on and who watches
#   it, neither score nor silence of the rules approves it. What belongs to the
#   floor is the configuration's to say, and what the subject has none of is not
#   asked; that a profile declares so itself is not enough.
# schemas:
#   - input: schema.gate
package gate.floor

reasons contains message if {
	count(unmet) > 0
	message := sprintf("not judged on substance: nothing is disclosed about %s", [concat(", ", unmet)])
}

unmet := [concat(" or ", [name(fact) | some fact in entry]) |
	some entry in input.config.disclosure.floor
	not told(entry)
	not inapplicable(entry)
]

inapplicable(entry) if {
	every fact in entry {
		some n in input.not_applicable
		n.by == "subject"
		within(fact, n.fact)
	}
}

within(fact, section) if fact == section

within(fact, section) if startswith(fact, sprintf("%s/", [section]))

# One fact of an entry is enough; an empty list is one only where it is complete.
told(entry) if {
	some fact in entry
	not object.get(input.profile, path(fact), null) in {null, [], {}}
}

told(entry) if {
	some fact in entry
	object.get(input.profile, path(sprintf("%s_complete", [fact])), false)
}

path(fact) := split(trim_prefix(fact, "/"), "/")

name(fact) := concat(".", path(fact))
