using System.Xml.Linq;
using Sage.TestKit;

namespace Sage.Server.Tests.Architecture;

/// <summary>Everything points at Sage.Agent, siblings never see each other, and only Sage.Server sees all.</summary>
public sealed class ProjectEdgesTests
{
    private static readonly Dictionary<string, (string[] Projects, string[] Packages)> Allowed = new()
    {
        ["Sage.Protocol"] = ([], ["MediatR"]),
        ["Sage.Agent"] = (
            ["Sage.Protocol"],
            ["Microsoft.Extensions.AI.Abstractions", "Microsoft.Extensions.Logging.Abstractions"]
        ),
        ["Sage.Tools"] = (
            ["Sage.Agent", "Sage.Protocol", "Sage.Sandbox"],
            [
                "AngleSharp",
                "DiffPlex",
                "UTF.Unknown",
                "MAB.DotIgnore",
                "DotNet.Glob",
                "System.IO.Hashing",
                DependencyInjection,
            ]
        ),
        ["Sage.Providers"] = (
            ["Sage.Agent", "Sage.Protocol"],
            ["Microsoft.Extensions.AI.OpenAI", "OpenAI", "Polly.Core", DependencyInjection]
        ),
        ["Sage.Storage"] = (["Sage.Agent", "Sage.Protocol"], ["System.IO.Hashing", DependencyInjection]),
        ["Sage.Extensibility"] = (
            ["Sage.Agent", "Sage.Protocol", "Sage.Sandbox"],
            ["ModelContextProtocol.Core", DependencyInjection]
        ),
        ["Sage.Sandbox"] = ([], [DependencyInjection]),
        ["Sage.Server"] = (
            [
                "Sage.Protocol",
                "Sage.Agent",
                "Sage.Tools",
                "Sage.Providers",
                "Sage.Storage",
                "Sage.Extensibility",
                "Sage.Sandbox",
            ],
            [
                "StreamJsonRpc",
                "MediatR",
                "OpenTelemetry",
                "OpenTelemetry.Exporter.OpenTelemetryProtocol",
                "System.CommandLine",
                "Serilog",
                "Serilog.Extensions.Logging",
                "Serilog.Sinks.File",
                "Serilog.Formatting.Compact",
                "Microsoft.Extensions.DependencyInjection",
            ]
        ),
    };

    // Each project registers its own parts in one `Add…`; the abstractions hold no code that runs.
    private const string DependencyInjection = "Microsoft.Extensions.DependencyInjection.Abstractions";

    public static TheoryData<string> Projects =>
        [.. Directory.GetFiles(ServerFolder, "*.csproj", SearchOption.AllDirectories).Select(Name).Order()];

    private static string ServerFolder => Path.Combine(Repository.Root, "server");

    [Fact]
    public void The_projects_are_those_of_the_map() =>
        Assert.Equal(
            Allowed.Keys.Order(),
            Directory.GetFiles(ServerFolder, "*.csproj", SearchOption.AllDirectories).Select(Name).Order()
        );

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_sees_only_what_the_map_allows(string project)
    {
        var file = XDocument.Load(Path.Combine(ServerFolder, project, project + ".csproj"));
        var (projects, packages) = Allowed[project];

        Assert.Empty(References(file, "ProjectReference").Select(Name).Except(projects));
        Assert.Empty(References(file, "PackageReference").Except(packages));
    }

    private static IEnumerable<string> References(XDocument file, string element) =>
        file.Descendants(element).Select(reference => (string)reference.Attribute("Include")!);

    private static string Name(string path) => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));
}
