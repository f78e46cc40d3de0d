using MediatR;
using Microsoft.Extensions.Logging;

namespace Sage.Server.Behaviors;

/// <summary>Writes down each request and how long it took; never what is in it.</summary>
internal sealed class LoggingBehavior<TRequest, TResponse>(
    ILogger<LoggingBehavior<TRequest, TResponse>> log,
    TimeProvider time
) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(
        TRequest request,
        CancellationToken cancellationToken,
        RequestHandlerDelegate<TResponse> next
    )
    {
        var started = time.GetTimestamp();
        try
        {
            return await next();
        }
        finally
        {
            if (log.IsEnabled(LogLevel.Debug))
            {
                var elapsed = time.GetElapsedTime(started).TotalMilliseconds;
                log.LogDebug("Handled {Request} in {ElapsedMs} ms", typeof(TRequest).Name, elapsed);
            }
        }
    }
}
