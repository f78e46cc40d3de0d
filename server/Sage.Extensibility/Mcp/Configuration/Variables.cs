using System.Text.RegularExpressions;
using Sage.Agent.Workspaces;
using Sage.Sandbox.Commands;

namespace Sage.Extensibility.Mcp.Configuration;

/// <summary>
/// Puts values in place of <c>${NAME}</c>, <c>${NAME:-else}</c>, <c>${env:NAME}</c>, <c>${workspaceFolder}</c> and
/// <c>${userHome}</c>, right before they are used.
/// </summary>
/// <param name="workspace">Where it is.</param>
/// <param name="scrub">What a project must not get by naming it: no command inherits these either.</param>
/// <param name="isOfProject">Whether anybody may have written the text.</param>
internal sealed partial class Variables(Workspace workspace, EnvironmentScrub scrub, bool isOfProject)
{
    /// <exception cref="McpStartException">A variable is not set, or must not be used.</exception>
    public string Expand(string text) => Reference().Replace(text, match => ValueOf(match.Groups[1].Value));

    private string ValueOf(string reference)
    {
        if (reference == "workspaceFolder")
        {
            return workspace.Root;
        }

        if (reference == "userHome")
        {
            return Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        }

        if (reference.StartsWith("input:", StringComparison.Ordinal))
        {
            throw new McpStartException(
                $"it wants ${{{reference}}}, and Sage does not ask for inputs. Write ${{NAME}} and set the environment variable"
            );
        }

        var name = reference.StartsWith("env:", StringComparison.Ordinal) ? reference[4..] : reference;
        var split = name.IndexOf(":-", StringComparison.Ordinal);
        var (variable, otherwise) = split < 0 ? (name, null) : (name[..split], name[(split + 2)..]);
        if (isOfProject && scrub.Matches(variable))
        {
            throw new McpStartException(
                $"it wants ${{{variable}}}, which Sage gives to no project. Put the server into your own settings to use it"
            );
        }

        return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
            ? value
            : otherwise ?? throw new McpStartException($"the environment variable {variable} is not set");
    }

    [GeneratedRegex(@"\$\{([^{}]+)\}")]
    private static partial Regex Reference();
}

/// <summary>A server cannot be started as it is configured; the message goes on "…, because".</summary>
internal sealed class McpStartException(string message) : Exception(message);
