namespace Sage.Protocol.Mcp;

/// <summary><see cref="Methods.OpenAddress"/>: opens an address in the user's browser. The editor asks before it does.</summary>
/// <param name="Url">http or https.</param>
/// <param name="Server">The MCP server that wants it.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Callback">An address on this machine that the browser will come back to; the editor makes it reachable from where the browser runs.</param>
public sealed record OpenAddressParams(string Url, string Server, AddressPurpose Purpose, string? Callback = null);

/// <param name="Opened">False when the user did not want it.</param>
public sealed record OpenAddressResult(bool Opened);

/// <summary>Why an MCP server wants the user in a browser.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(Json.CamelCaseEnumConverter<AddressPurpose>))]
public enum AddressPurpose
{
    /// <summary>To sign in; the user is to be asked.</summary>
    SignIn,

    /// <summary>Its own page, which the user has just agreed to open in the chat.</summary>
    Page,
}
