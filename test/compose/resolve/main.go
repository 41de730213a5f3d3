// Resolves a Compose file as Docker Compose itself does, with the reference implementation of the Compose Specification:
// checks it against the specification's schema, fills in variables, and prints the result as JSON.
//
//	go run . <folder of docker-compose.yml> [NAME=value …]
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/compose-spec/compose-go/v2/cli"
)

func main() {
	if err := resolve(os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func resolve(folder string, environment []string) error {
	options, err := cli.NewProjectOptions(
		[]string{filepath.Join(folder, "docker-compose.yml")},
		cli.WithWorkingDirectory(folder),
		cli.WithName("mobile-token"),
		cli.WithEnv(environment),
		cli.WithDefaultProfiles("*"),
	)
	if err != nil {
		return err
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return err
	}
	json, err := project.MarshalJSON()
	if err != nil {
		return err
	}
	fmt.Println(string(json))
	return nil
}
