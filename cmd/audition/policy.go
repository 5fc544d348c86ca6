package main

import "github.com/spf13/cobra"

func newPolicy() *cobra.Command {
	cmd := &cobra.Command{Use: "policy", Short: "Write, test and ship policy"}
	cmd.AddCommand(newPolicyDiff(), newPolicyBundle(), newPolicySign())
	return cmd
}
