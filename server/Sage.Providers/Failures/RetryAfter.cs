using System.Globalization;

namespace Sage.Providers.Failures;

/// <summary>Reads how long a provider asks us to wait.</summary>
internal static class RetryAfter
{
    /// <param name="milliseconds">The <c>retry-after-ms</c> header.</param>
    /// <param name="secondsOrDate">The <c>Retry-After</c> header: seconds, or an HTTP date.</param>
    /// <param name="now">For the date.</param>
    public static TimeSpan? Read(string? milliseconds, string? secondsOrDate, DateTimeOffset now)
    {
        if (Number(milliseconds) is { } ms)
        {
            return TimeSpan.FromMilliseconds(ms);
        }
        if (Number(secondsOrDate) is { } seconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }
        var isDate = DateTimeOffset.TryParse(
            secondsOrDate,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var date
        );
        return isDate && date > now ? date - now : null;
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && value is >= 0 and < 1e7
            ? value
            : null;
}
