using System.Collections.Immutable;
using Sage.Protocol.LanguageServer;

namespace Sage.Server.Handlers.CodeActions;

/// <summary>What the light bulb offers, and when.</summary>
internal static class CodeActionMenu
{
    private const string QuickFix = "quickfix";
    private const string RewriteKind = "refactor.rewrite";

    // None of them changes the code itself, so none of the editor's own kinds fits.
    private const string SageKind = "sage";
    private const int AskedByEditor = 2;

    public static ImmutableArray<string> Kinds { get; } = [QuickFix, RewriteKind, SageKind];

    private static readonly ImmutableArray<(SageActionKind Action, string Kind, string Title)> Entries =
    [
        (SageActionKind.Fix, QuickFix, "Ask Sage: Fix"),
        (SageActionKind.Explain, SageKind, "Ask Sage: Explain"),
        (SageActionKind.Rewrite, RewriteKind, "Ask Sage: Rewrite…"),
        (SageActionKind.GenerateTests, SageKind, "Ask Sage: Generate Tests"),
        (SageActionKind.Document, RewriteKind, "Ask Sage: Document"),
        (SageActionKind.AddToChat, SageKind, "Ask Sage: Add to Chat"),
    ];

    /// <summary>The entries for one place in a document.</summary>
    public static IEnumerable<(SageActionKind Action, string Kind, string Title)> For(CodeActionParams request)
    {
        var hasProblems = request.Context.Diagnostics is { IsDefaultOrEmpty: false };

        // Otherwise the bulb would follow the cursor through every line of every file.
        if (!hasProblems && request.Range.Start == request.Range.End && request.Context.TriggerKind == AskedByEditor)
        {
            return [];
        }

        return Entries.Where(entry =>
            (hasProblems || entry.Action != SageActionKind.Fix) && IsWanted(entry.Kind, request.Context.Only)
        );
    }

    private static bool IsWanted(string kind, ImmutableArray<string>? only) =>
        only is not { IsDefaultOrEmpty: false } wanted
        || wanted.Any(w => w.Length == 0 || kind == w || kind.StartsWith(w + ".", StringComparison.Ordinal));
}
