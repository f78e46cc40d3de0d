using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Sage.Server.Hosting;
using Measured = Sage.Agent.Runtime.Telemetry;

namespace Sage.Server.Telemetry;

/// <summary>Sends spans and measurements to the user's own OTLP collector; only when told to.</summary>
internal sealed class TelemetryExport : IDisposable
{
    /// <summary>Names the collector, as <c>http://localhost:4318</c>. Headers come from <c>OTEL_EXPORTER_OTLP_HEADERS</c>.</summary>
    public const string Variable = "SAGE_OTLP_ENDPOINT";

    // A collector that does not answer must not hold up the end of the process, unless its user says so in the usual place.
    private static readonly int PatienceMs =
        int.TryParse(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_TIMEOUT"), out var told) && told > 0
            ? told
            : 1_000;

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    private TelemetryExport(Uri collector)
    {
        var resource = ResourceBuilder.CreateEmpty().AddService("sage", serviceVersion: ProductVersion.Text);
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(Measured.Name)
            .AddOtlpExporter(options => Configure(options, new Uri(collector, "v1/traces")))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(Measured.Name)
            .AddOtlpExporter(options => Configure(options, new Uri(collector, "v1/metrics")))
            .Build();
    }

    /// <summary>Null when nobody asked for it, or the address is none.</summary>
    public static TelemetryExport? Start() => Collector is { } collector ? new TelemetryExport(collector) : null;

    /// <summary>True when somebody asked for it, whether or not it is possible.</summary>
    public static bool IsWanted => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(Variable));

    /// <summary>Where the environment says the collector is; null when it says nothing that could be an address.</summary>
    public static Uri? Collector =>
        Uri.TryCreate(
            Environment.GetEnvironmentVariable(Variable)?.Trim().TrimEnd('/') + "/",
            UriKind.Absolute,
            out var collector
        ) && collector.Scheme is "http" or "https"
            ? collector
            : null;

    public void Dispose() => Parallel.Invoke(() => _traces.Shutdown(PatienceMs), () => _metrics.Shutdown(PatienceMs));

    private static void Configure(OtlpExporterOptions options, Uri endpoint)
    {
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = endpoint;
        options.TimeoutMilliseconds = PatienceMs;
    }
}
