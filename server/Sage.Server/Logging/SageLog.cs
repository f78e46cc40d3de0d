using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sage.Agent.Secrets;
using Sage.Server.Hosting;
using Sage.Storage;
using Sage.Storage.Settings;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Compact;

namespace Sage.Server.Logging;

/// <summary>The log file: compact JSON below <c>$SAGE_HOME/logs</c>. The file is opened by the first event, not by start-up.</summary>
internal static class SageLog
{
    private const long LargestFile = 10 << 20;
    private const int RetainedFiles = 5;

    /// <summary>Set to <c>debug</c> for more; values are Serilog's level names.</summary>
    private const string LevelVariable = "SAGE_LOG";

    public static IServiceCollection AddSageLog(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
            ProcessSecrets.Find(Environment.GetEnvironmentVariables(), provider.GetRequiredService<SettingsFile>())
        );
        services.AddSingleton<ILoggerFactory>(provider =>
        {
            var level = Level();
            return new DeferredLoggerFactory(
                LevelConvert.ToExtensionsLevel(level),
                () =>
                    new SerilogLoggerFactory(
                        Create(
                            level,
                            provider.GetRequiredService<SageHome>(),
                            provider.GetRequiredService<SecretRedaction>()
                        ),
                        dispose: true
                    )
            );
        });
        return services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
    }

    private static Serilog.Core.Logger Create(LogEventLevel level, SageHome home, SecretRedaction redaction) =>
        new LoggerConfiguration()
            .MinimumLevel.Is(level)
            .WriteTo.File(
                new RedactingFormatter(new CompactJsonFormatter(), redaction),
                Path.Combine(home.Logs, "sage-.log"),
                fileSizeLimitBytes: LargestFile,
                rollOnFileSizeLimit: true,
                rollingInterval: RollingInterval.Day,
                retainedFileCountLimit: RetainedFiles,
                // Two windows are two servers with one log folder.
                shared: true
            )
            .CreateLogger();

    private static LogEventLevel Level() =>
        Enum.TryParse<LogEventLevel>(Environment.GetEnvironmentVariable(LevelVariable), ignoreCase: true, out var level)
            ? level
            : LogEventLevel.Information;
}
