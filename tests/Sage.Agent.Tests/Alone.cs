namespace Sage.Agent.Tests;

/// <summary>Tests that watch the whole process run by themselves, after the others.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public static class Alone;
