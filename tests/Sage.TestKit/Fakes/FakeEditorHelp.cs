using System.Collections.Concurrent;
using Sage.Agent.Extensions.Mcp;
using Sage.Protocol.Mcp;

namespace Sage.TestKit.Fakes;

/// <summary>An editor with a browser that does what the test says, and a secret storage in memory.</summary>
public sealed class FakeEditorHelp : IEditorHelp
{
    public bool IsThere { get; set; } = true;

    /// <summary>What becomes of an address; the user says no when null.</summary>
    public Func<OpenAddressParams, CancellationToken, Task<bool>>? Browser { get; set; }

    public ConcurrentQueue<OpenAddressParams> Opened { get; } = new();

    public ConcurrentDictionary<string, string> Secrets { get; } = new();

    public Task<bool> OpenAsync(OpenAddressParams address, CancellationToken cancellationToken)
    {
        Opened.Enqueue(address);
        return Browser is { } browser ? browser(address, cancellationToken) : Task.FromResult(false);
    }

    public Task<string?> ReadSecretAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(Secrets.GetValueOrDefault(name));

    public Task WriteSecretAsync(string name, string? value, CancellationToken cancellationToken)
    {
        if (value is null)
        {
            Secrets.TryRemove(name, out _);
        }
        else
        {
            Secrets[name] = value;
        }

        return Task.CompletedTask;
    }
}
