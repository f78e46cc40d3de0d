namespace Sage.Tools.Tests;

/// <summary>Tests that measure the process run by themselves, after the others.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public static class Alone;
