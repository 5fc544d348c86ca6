package maestro.l1_foundation_models.customer_data_training_test

import data.maestro.l1_foundation_models.customer_data_training as rule

bad := {"model": {"customer_data_training": true}}

good := {"model": {"customer_data_training": false}}

content := {"facts": [["model", "customer_data_training"]]}

business_data := {"facts": [["data", "training_use"]]}

test_fires_when_customer_content_trains if {
	rule.findings == {content} with input as bad
}

test_fires_when_business_data_trains if {
	rule.findings == {business_data} with input as {"data": {"training_use": true}}
}

test_fires_on_both if {
	rule.findings == {content, business_data} with input as {
		"data": {"training_use": true},
		"model": {"customer_data_training": true},
	}
}

test_silent_without_training if {
	rule.findings == set() with input as good
}

test_silent_when_business_data_does_not_train if {
	rule.findings == set() with input as {"data": {"training_use": false}}
}

test_silent_when_undisclosed if {
	rule.findings == set() with input as {"data": {}, "model": {}}
}
