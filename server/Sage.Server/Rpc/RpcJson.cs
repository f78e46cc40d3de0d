using System.Text.Json.Serialization;
using StreamJsonRpc;

namespace Sage.Server.Rpc;

/// <summary>Source-generated JSON for what the RPC library itself sends and receives: <c>$/cancelRequest</c>.</summary>
[JsonSerializable(typeof(RequestId))]
internal sealed partial class RpcJson : JsonSerializerContext;
