using Microsoft.Extensions.Logging;

namespace Sage.Server.Logging;

/// <summary>Loggers that cost nothing until the first event worth writing: only then the real factory is made.</summary>
internal sealed class DeferredLoggerFactory(LogLevel minimum, Func<ILoggerFactory> create) : ILoggerFactory
{
    private readonly Lazy<ILoggerFactory> _inner = new(create);

    public ILogger CreateLogger(string categoryName) =>
        new DeferredLogger(minimum, new Lazy<ILogger>(() => _inner.Value.CreateLogger(categoryName)));

    public void AddProvider(ILoggerProvider provider) => _inner.Value.AddProvider(provider);

    public void Dispose()
    {
        if (_inner.IsValueCreated)
        {
            _inner.Value.Dispose();
        }
    }

    private sealed class DeferredLogger(LogLevel minimum, Lazy<ILogger> inner) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => logLevel >= minimum && logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsEnabled(logLevel))
            {
                inner.Value.Log(logLevel, eventId, state, exception, formatter);
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.Value.BeginScope(state);
    }
}
