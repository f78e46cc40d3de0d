using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Sage.Agent.Subagents;
using Sage.Extensibility.Markdown;
using Sage.Extensibility.Memory;
using Sage.Protocol.Permissions;
using Sage.Protocol.Subagents;

namespace Sage.Extensibility.Subagents;

/// <summary>Reads one kind of sub-agent from its file. What would restrict it and cannot be read leaves it out; what would widen it is passed over.</summary>
/// <param name="folder">Where the file lies.</param>
/// <param name="file">Its name.</param>
/// <param name="words">The names of tools.</param>
internal sealed partial class SubagentFile(SubagentFolder folder, string file, ToolWords words)
{
    private const int LongestDescription = 300;
    private readonly ImmutableArray<string>.Builder _remarks = ImmutableArray.CreateBuilder<string>();

    public string Path { get; } = System.IO.Path.Combine(folder.Path, file);

    public string Place { get; } = $"{folder.Place}/{PlainText.OneLine(file)}";

    /// <summary>What of it does not count although it is used.</summary>
    public IEnumerable<string> Remarks => _remarks;

    /// <summary>Null when the file cannot be a kind.</summary>
    public SubagentKind? Read(out string? problem)
    {
        if (MarkdownFile.Read(Path, out problem) is not { } text)
        {
            problem ??= "it is gone";
            return null;
        }

        var header = FrontMatter.Of(text);
        var name = header["name"] ?? SubagentFolder.NameOf(file);
        problem = header.Problem ?? Problem(header, name);
        if (
            problem is not null
            || Tools(header, out problem) is not { } tools
            || Requests(header, out problem) is not { } requests
        )
        {
            return null;
        }

        return
            new SubagentKind(name, OneLine(header["description"]!), header.Body)
            {
                Tools = tools,
                Mode = Mode(header, out problem),
                Model = Model(header),
                Requests = requests,
                Source = folder.Source,
                Place = Place,
                Path = Path,
            }
                is var kind
            && problem is null
            ? kind
            : null;
    }

    private static string? Problem(FrontMatter header, string name) =>
        !Name().IsMatch(name) ? $"its name may have letters, digits, '-' and '_', and is {PlainText.OneLine(name)}"
        : SubagentKind.BuiltIn.Any(kind => kind.Name == name)
            ? $"{name} is a kind that Sage brings; give it another name"
        : header["description"] is null
            ? "it says no description in its front matter, so nobody would know when to use it"
        : header.Body.Length == 0 ? "it says nothing below its front matter"
        : null;

    private ToolSelection? Tools(FrontMatter header, out string? problem)
    {
        var only = Items(header, "tools", out problem);
        var without = problem is null ? Items(header, "disallowedTools", out problem) : null;
        if (problem is not null)
        {
            return null;
        }

        ImmutableArray<string>? allowed = null;
        if (only is { } some)
        {
            allowed = words.Allowed(some, out var unknown);
            Remark("tools", unknown, "which it does not get");
        }

        var denied = words.Denied(without ?? [], out var unknownDenied);
        Remark("disallowedTools", unknownDenied, "of which Sage knows nothing");
        return new ToolSelection(allowed is { } all && all.Contains("*") ? null : allowed, denied);
    }

    private static ImmutableArray<string>? Items(FrontMatter header, string name, out string? problem)
    {
        var items = header.ItemsOf(name);
        problem =
            items is null && header.Names(name)
                ? $"its `{name}` cannot be read: write names with commas between them, or leave the line out"
                : null;
        return items;
    }

    private void Remark(string name, ImmutableArray<string> unknown, string what)
    {
        if (!unknown.IsEmpty)
        {
            var list = string.Join(", ", unknown.Select(PlainText.OneLine));
            _remarks.Add($"its `{name}` name {list}, {what}");
        }
    }

    private static int? Requests(FrontMatter header, out string? problem)
    {
        problem = null;
        var (name, text) = header["max_requests"] is { } ours
            ? ("max_requests", ours)
            : ("maxTurns", header["maxTurns"]);
        if (text is null)
        {
            return SubagentKind.MostRequests;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var requests) && requests > 0)
        {
            return Math.Min(requests, SubagentKind.MostRequests);
        }

        problem =
            $"its `{name}` is to be a number from 1 to {SubagentKind.MostRequests}, and is {PlainText.OneLine(text)}";
        return null;
    }

    /// <summary>A mode only restricts. Of other agents' words one does so, too.</summary>
    private PermissionMode? Mode(FrontMatter header, out string? problem)
    {
        problem = null;
        if (!folder.IsOurs || header["mode"] is not { } word)
        {
            return header["permissionMode"] == "plan" ? PermissionMode.Plan : null;
        }

        PermissionMode? mode = word switch
        {
            "plan" => PermissionMode.Plan,
            "ask" => PermissionMode.Ask,
            "autoEdit" => PermissionMode.AutoEdit,
            "full" => PermissionMode.Full,
            _ => null,
        };
        problem = mode is null
            ? $"its mode may be plan, ask, autoEdit or full, and is {PlainText.OneLine(word)}"
            : null;
        return mode;
    }

    // A repository must not choose who is asked, and who is paid.
    private string? Model(FrontMatter header)
    {
        if (!folder.IsOurs || header["model"] is not { } model || model == "inherit")
        {
            return null;
        }

        if (folder.Source == SubagentSource.User)
        {
            return model;
        }

        _remarks.Add("its model does not count, because only your own files choose one");
        return null;
    }

    private static string OneLine(string text)
    {
        var line = Blanks().Replace(text, " ").Trim();
        return line.Length <= LongestDescription ? line : line[..LongestDescription] + "…";
    }

    [GeneratedRegex(@"^[\p{L}\p{Nd}][\p{L}\p{Nd}_-]{0,63}$")]
    private static partial Regex Name();

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Blanks();
}
