using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sage.Agent.Extensions;
using Sage.Agent.LanguageModels;
using Sage.Agent.ToolCalls;
using Sage.Server.Cli;
using Sage.Server.Tests.Fakes;
using Sage.Storage;
using Sage.TestKit;
using Sage.TestKit.Agents;

namespace Sage.Server.Tests.Cli;

/// <summary><c>sage exec</c> in this process, with a scripted model and its output in memory.</summary>
internal sealed class ExecRig : IDisposable
{
    private readonly TempFolder _home = new();
    private readonly MemoryStream _output = new();
    private readonly StringWriter _error = new();

    public FakeModels Models { get; } = new();

    public MemoryJournals Journals { get; } = new();

    public List<ITool> Tools { get; } = [];

    public TempFolder Folder { get; } = new();

    public string Input { get; init; } = "";

    public string Output => Encoding.UTF8.GetString(_output.ToArray());

    public string Error => _error.ToString();

    public IReadOnlyList<JsonElement> Events =>
        [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    public Task<int> RunAsync(ExecOptions options)
    {
        _output.SetLength(0);
        var terminal = new Terminal(
            new MemoryStream(Encoding.UTF8.GetBytes(Input)),
            _output,
            new Lazy<TextWriter>(() => _error)
        );
        return new ExecCommand(options with { Cwd = options.Cwd ?? Folder.Root }, terminal, Replace).RunAsync();
    }

    public void Dispose()
    {
        Folder.Dispose();
        _home.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    private void Replace(IServiceCollection services)
    {
        services.AddSingleton<ILanguageModels>(Models);
        services.AddSingleton<IJournals>(Journals);
        services.AddSingleton<IAttachmentReader>(new PlainAttachments());
        services.AddSingleton(new SageHome(_home.Root));
        services.AddSingleton(new ToolCatalog(Tools));
    }
}
