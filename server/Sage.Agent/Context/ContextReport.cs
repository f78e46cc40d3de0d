using System.Collections.Immutable;
using Sage.Agent.Context.Compaction;
using Sage.Agent.Extensions;
using Sage.Agent.LanguageModels;
using Sage.Agent.ToolCalls.Late;
using Sage.Protocol.Sessions;

namespace Sage.Agent.Context;

/// <summary>Says what fills a model's context: the parts of the next request, measured with the provider's count of the last.</summary>
internal static class ContextReport
{
    public static DescribeContextResult Of(
        LanguageModel model,
        ImmutableArray<PromptSection> own,
        ImmutableArray<PromptSection> fromSources,
        SessionTools tools,
        Conversation conversation,
        ContextMeter meter
    )
    {
        var said = conversation.Sizes();
        ImmutableArray<ContextPart> parts =
        [
            Part(ContextPartKind.Instructions, own.Sum(ContextBuilder.Characters)),
            .. fromSources.Select(section =>
                Part(ContextPartKind.Rules, ContextBuilder.Characters(section), section.Title)
            ),
            Part(ContextPartKind.Tools, tools.BuiltInCharacters),
            Part(ContextPartKind.ServerTools, tools.OfferedCharacters - tools.BuiltInCharacters),
            .. Words.Select(kind => Part(kind, said.GetValueOrDefault(kind))),
        ];
        return new DescribeContextResult(
            model.Id,
            [.. parts.Where(static part => part.Tokens > 0)],
            meter.IsMeasured,
            model.ContextWindow,
            model.ContextWindow is { } window ? Compactor.FullAtTokens(window) : null
        );

        ContextPart Part(ContextPartKind kind, long characters, string? name = null) =>
            new(kind, meter.Tokens(characters), name);
    }

    private static ImmutableArray<ContextPartKind> Words { get; } =
    [
        ContextPartKind.Summary,
        ContextPartKind.Prompts,
        ContextPartKind.Replies,
        ContextPartKind.ToolResults,
        ContextPartKind.News,
    ];
}
