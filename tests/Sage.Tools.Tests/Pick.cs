using CsCheck;

namespace Sage.Tools.Tests;

/// <summary>A generator that picks one of some values.</summary>
internal static class Pick
{
    public static Gen<T> From<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
