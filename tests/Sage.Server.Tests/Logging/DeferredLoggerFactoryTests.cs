using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sage.Server.Logging;

namespace Sage.Server.Tests.Logging;

public sealed class DeferredLoggerFactoryTests
{
    [Fact]
    public void Nothing_is_made_for_events_that_are_not_written()
    {
        var made = 0;
        using var factory = new DeferredLoggerFactory(
            LogLevel.Information,
            () =>
            {
                made++;
                return NullLoggerFactory.Instance;
            }
        );
        var log = factory.CreateLogger("x");

        log.LogDebug("not this");
        Assert.False(log.IsEnabled(LogLevel.Debug));
        Assert.Equal(0, made);

        log.LogInformation("but this");
        factory.CreateLogger("y").LogError("and this");
        Assert.Equal(1, made);
    }
}
