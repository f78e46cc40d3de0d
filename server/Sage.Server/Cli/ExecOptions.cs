using System.Collections.Immutable;
using Sage.Protocol.Permissions;

namespace Sage.Server.Cli;

/// <summary>What the user wrote after <c>sage exec</c>.</summary>
internal sealed record ExecOptions
{
    /// <summary>The prompt; <c>-</c> reads it from standard input.</summary>
    public required string Prompt { get; init; }
    public string? Cwd { get; init; }
    public string? Provider { get; init; }
    public string? BaseUrl { get; init; }
    public string? Model { get; init; }
    public PermissionMode? Mode { get; init; }
    public ImmutableArray<string> Allow { get; init; } = [];

    /// <summary>The user agrees to what the project offers, for this run.</summary>
    public bool TrustProject { get; init; }
    public bool Json { get; init; }

    /// <summary>Go on with the newest session of the folder.</summary>
    public bool Continue { get; init; }

    /// <summary>Go on with this session.</summary>
    public string? Resume { get; init; }
    public int? MaxSteps { get; init; }
    public long? MaxTokens { get; init; }
    public double? MaxMinutes { get; init; }
    public decimal? MaxCost { get; init; }

    /// <summary>What the parser cannot know to be wrong; null when all is well.</summary>
    public string? FindProblem() =>
        Continue && Resume is not null ? "--continue and --resume exclude each other."
        : MaxSteps is < 1 ? "--max-steps must be 1 or more."
        : MaxTokens is < 1 ? "--max-tokens must be 1 or more."
        : MaxMinutes is <= 0 or > 100_000 ? "--max-minutes must be more than 0."
        : MaxCost is < 0 ? "--max-cost must not be negative."
        : null;
}
