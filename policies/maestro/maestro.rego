# METADATA
# description: |
#   Every rule below reads the agent's profile as input, and what is derived
#   from it as input.derived.
# scope: subpackages
# schemas:
#   - input: schema.profile
#   - input.derived: schema.facts
package maestro
