using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sage.Agent.Hooks;
using Sage.Agent.Permissions;
using Sage.Extensibility.Hooks.Dialects;
using Sage.Extensibility.Memory;
using Sage.Protocol.Hooks;

namespace Sage.Extensibility.Hooks.Configuration;

/// <summary>One hook that may be run, and who wants it.</summary>
/// <param name="On">When.</param>
/// <param name="Command">A line for the user's shell.</param>
/// <param name="From">The file in which it stands.</param>
internal sealed record HookSpec(HookMoment On, string Command, HookSource From)
{
    /// <summary>For which tools, or which kinds.</summary>
    public HookMatcher Matcher { get; init; } = HookMatcher.All;

    /// <summary>For which calls of these tools; null for all.</summary>
    public HookCondition? If { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Another text is another hook.</summary>
    public string Id
    {
        get
        {
            var all = $"{From.Path}\n{Line}";
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..16];
        }
    }

    /// <summary>The command in one short line.</summary>
    public string Name => PlainText.OneLine(Command.Trim());

    /// <summary>All that somebody agrees to who agrees to this hook.</summary>
    public string Line
    {
        get
        {
            var matcher = Matcher.Pattern is { } pattern ? $" for {pattern}" : "";
            var condition = If is { Text: var text } ? $" if {text}" : "";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{On}{matcher}{condition}: {Command} (at most {Timeout.TotalSeconds:0.###} s)"
            );
        }
    }

    /// <summary>Whether it is meant.</summary>
    public bool IsAbout(HookEvent happened) =>
        happened.Moment == On
        && (happened.Subject is not { } subject || Matcher.Matches(ToolWords.NamesOf(subject)))
        && (If is null || happened.Call is not { } call || If.MayHold(call.Permission));
}

/// <summary>A file in which hooks stand.</summary>
/// <param name="Place">For people.</param>
/// <param name="Path">Absolute.</param>
/// <param name="IsOfProject">True when anybody may have written it.</param>
/// <param name="Dialect">Whose names of tools and arguments its hooks know.</param>
internal sealed record HookSource(string Place, string Path, bool IsOfProject, HookDialect Dialect);

/// <summary>For which calls of its tools a hook is: a rule as permissions have them.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Rule">The same in the words of Sage.</param>
internal sealed record HookCondition(string Text, PermissionRule Rule)
{
    /// <summary>Also where it cannot be told before the call runs.</summary>
    public bool MayHold(PermissionKey key) => new PermissionPolicy([Rule]).Decide(key).Effect is not null;
}
