using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Sage.Agent.LanguageModels;
using Sage.Sandbox.Supervision;
using Sage.Server.Cli;
using Sage.Server.Cli.Report;
using Sage.Server.Tests.Fakes;
using Sage.Storage;
using Sage.TestKit;

namespace Sage.Server.Tests.Cli.Report;

/// <summary><c>sage report</c> in this process, for somebody who is not the one who runs the tests.</summary>
internal sealed class ReportRig : IDisposable
{
    private readonly MemoryStream _output = new();
    private readonly StringWriter _error = new();

    public TempFolder Folder { get; } = new();

    /// <summary>Where Sage keeps its files; need not exist.</summary>
    public string SageHome => Folder["home/anna/.sage"];

    public FakeModels Models { get; } = new();

    public string Output => Encoding.UTF8.GetString(_output.ToArray());

    public string Error => _error.ToString();

    /// <summary>Writes a log file, and says how old it is.</summary>
    public void WriteLog(string name, string text, int minutesOld = 0) =>
        File.SetLastWriteTimeUtc(
            Folder.Write($"home/anna/.sage/logs/{name}", text),
            DateTime.UnixEpoch.AddDays(20_000).AddMinutes(-minutesOld)
        );

    public async Task<string> RunAsync(string? with = null, string input = "")
    {
        Assert.Equal(ExitCodes.Completed, await RunForCodeAsync(with, new MemoryStream(Encoding.UTF8.GetBytes(input))));
        Assert.Equal("", Error);
        return Output;
    }

    public Task<int> RunForCodeAsync(string? with, Stream input)
    {
        _output.SetLength(0);
        var terminal = new Terminal(input, _output, new Lazy<TextWriter>(() => _error));
        var names = new PersonalNames(Folder["home/anna"], "anna", "Annas-Laptop");
        return new ReportCommand(with, terminal, names, Replace).RunAsync(CancellationToken.None);
    }

    public void Dispose()
    {
        Folder.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    private void Replace(IServiceCollection services)
    {
        services.AddSingleton<ILanguageModels>(Models);
        services.AddSingleton(new SageHome(SageHome));
        // A test runner is not the executable that supervises; what the doctor then finds is a finding like others.
        services.AddSingleton(new SupervisorLaunch(Folder["no-such-program"], []));
    }
}
