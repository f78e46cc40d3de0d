using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sage.Protocol.Json;
using Sage.Protocol.LanguageServer;

namespace Sage.Server.Rpc;

/// <summary>The JSON options of the wire: all source-generated contexts under one set of rules.</summary>
internal static class WireJson
{
    public static JsonSerializerOptions Options { get; } =
        new(ProtocolJson.Default.Options)
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine(
                ProtocolJson.Default,
                LanguageServerJson.Default,
                RpcJson.Default
            ),
        };

    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
}
