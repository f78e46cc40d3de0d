using Sage.Protocol.Mcp;

namespace Sage.Agent.Extensions.Mcp;

/// <summary>What only an editor can do for MCP servers: a browser, and a place for secrets. Port: implemented in Sage.Server.</summary>
public interface IEditorHelp
{
    /// <summary>False in a terminal: nothing is opened, and nothing is kept.</summary>
    bool IsThere { get; }

    /// <summary>Opens an address in the user's browser. Answers false when the user did not want it. Never throws but for the token.</summary>
    Task<bool> OpenAsync(OpenAddressParams address, CancellationToken cancellationToken);

    /// <summary>What was kept under this name; null when there is nothing. Never throws but for the token.</summary>
    Task<string?> ReadSecretAsync(string name, CancellationToken cancellationToken);

    /// <summary>Keeps it in the editor's secret storage, never on the disk. Never throws but for the token.</summary>
    /// <param name="name">Under this name.</param>
    /// <param name="value">Null forgets it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task WriteSecretAsync(string name, string? value, CancellationToken cancellationToken);
}

/// <summary>No editor: <c>sage exec</c>.</summary>
public sealed class NoEditorHelp : IEditorHelp
{
    public bool IsThere => false;

    public Task<bool> OpenAsync(OpenAddressParams address, CancellationToken cancellationToken) =>
        Task.FromResult(false);

    public Task<string?> ReadSecretAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);

    public Task WriteSecretAsync(string name, string? value, CancellationToken cancellationToken) => Task.CompletedTask;
}
