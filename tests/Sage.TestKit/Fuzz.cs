namespace Sage.TestKit;

/// <summary>How much random input a test is given.</summary>
public static class Fuzz
{
    private static readonly int Wished = int.TryParse(Environment.GetEnvironmentVariable("SAGE_FUZZ"), out var many)
        ? many
        : 0;

    /// <summary>What the environment variable <c>SAGE_FUZZ</c> says for a long run.</summary>
    /// <param name="ordinary">In each run of the tests.</param>
    public static int Size(int ordinary) => Wished > 0 ? Wished : ordinary;
}
