package main

import "github.com/spf13/cobra"

func newPolicy() *cobra.Command {
	cmd := &cobra.Command{Use: "policy", Short: "Work on rules and gates of an organisation"}
	cmd.AddCommand(newPolicyBundle(), newPolicySign())
	return cmd
}
