package gate.floor_test

import data.gate.floor

asked := [["/tools", "/execution/runs_code"], ["/data/classes"], ["/oversight/approval"]]

told(profile) := {"profile": profile, "config": {"disclosure": {"floor": asked}}}

whole := {
	"tools": [{"id": "crm"}],
	"data": {"classes": ["internal"]},
	"oversight": {"approval": "never"},
}

missing(what) := {sprintf("not judged on substance: nothing is disclosed about %s", [what])}

test_a_name_alone_is_a_review if {
	floor.reasons == missing("tools or execution.runs_code, data.classes, oversight.approval") with input as told({"metadata": {"name": "a"}})
	count(floor.reasons) == 1 with input as told({})
}

test_silent_when_all_is_disclosed if {
	floor.reasons == set() with input as told(whole)
}

test_each_entry_counts if {
	floor.reasons == missing("tools or execution.runs_code") with input as told(json.remove(whole, ["tools"]))
	floor.reasons == missing("data.classes") with input as told(json.remove(whole, ["data"]))
	floor.reasons == missing("oversight.approval") with input as told(json.remove(whole, ["oversight/approval"]))
}

test_one_of_several_is_enough if {
	every answer in [true, false] {
		profile := object.union(json.remove(whole, ["tools"]), {"execution": {"runs_code": answer}})
		floor.reasons == set() with input as told(profile)
	}
}

test_an_empty_list_tells_only_when_it_is_complete if {
	empty := object.union(whole, {"tools": []})
	floor.reasons == missing("tools or execution.runs_code") with input as told(empty)
	floor.reasons == missing("tools or execution.runs_code") with input as told(object.union(empty, {"tools_complete": false}))
	floor.reasons == set() with input as told(object.union(empty, {"tools_complete": true}))
}

test_without_a_floor_nothing_is_asked if {
	floor.reasons == set() with input as json.remove(told({}), ["config/disclosure"])
	floor.reasons == set() with input as object.union(told({}), {"config": {"disclosure": {"floor": []}}})
}

spared(by, facts) := object.union(told({}), {"not_applicable": [{"by": by, "fact": fact} | some fact in facts]})

test_what_the_subject_has_none_of_is_not_asked if {
	floor.reasons == missing("tools or execution.runs_code, data.classes") with input as spared("subject", ["/oversight"])
	floor.reasons == missing("tools or execution.runs_code, data.classes") with input as spared("subject", ["/oversight/approval"])
	floor.reasons == missing("tools or execution.runs_code, data.classes, oversight.approval") with input as spared("subject", ["/oversight/app"])
	floor.reasons == missing("tools or execution.runs_code, data.classes, oversight.approval") with input as spared("subject", ["/tools"])
	floor.reasons == missing("data.classes, oversight.approval") with input as spared("subject", ["/tools", "/execution"])
	floor.reasons == missing("tools or execution.runs_code, data.classes, oversight.approval") with input as spared("profile", ["/oversight", "/data"])
}
