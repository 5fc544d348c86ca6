# METADATA
# title: Synthetic voice or video is not marked
# description: |
#   Generated speech and pictures of people pass for real ones. A watermark or content
#   credentials let others tell, which the law asks for in many places.
# custom:
#   kind: weakness
#   severity: medium
#   possible: low
#   message: The agent generates voice, images or video, and they are not known to carry a mark of their origin.
#   references: ["EU-AIA 50", "AIUC-1 E016", ASI09]
#   remediation: Put a watermark or content credentials into what is generated, and say so where it is shown.
package maestro.l6_security_compliance.synthetic_media_unmarked

findings contains {"facts": [["output", "generates"]], "controls": [["output", "provenance"]]} if {
	some medium in input.output.generates
	medium in {"audio", "image", "video"}
	not input.output.provenance
}
