using System.Reflection;
using Sage.Protocol;
using Sage.Protocol.LanguageServer;
using Sage.Server.Rpc;
using Sage.TestKit;

namespace Sage.Server.Tests.Rpc;

/// <summary>The methods are a contract: adding one changes the golden file, on purpose.</summary>
public sealed class MethodListTests
{
    private static readonly HashSet<string> ServerToClient =
    [
        Methods.Event,
        Methods.RequestPermission,
        Methods.AskQuestion,
        Methods.ReviewPlan,
        Methods.SaveDocument,
        Methods.ListEditorModels,
        Methods.AskEditorModel,
        Methods.ReadDiagnostics,
        Methods.FindReferences,
        Methods.FindDefinitions,
        Methods.ListDocumentSymbols,
        Methods.FindWorkspaceSymbols,
        Methods.ReadHover,
        Methods.RenameSymbol,
        Methods.ListCodeActions,
        Methods.McpChanged,
        Methods.OpenAddress,
        Methods.ReadMcpSecret,
        Methods.WriteMcpSecret,
        LanguageServerMethods.Configuration,
        LanguageServerMethods.ApplyEdit,
        LanguageServerMethods.Progress,
    ];

    [Fact]
    public void The_methods_are_those_of_the_golden_file()
    {
        var lines = RoutingTable
            .Routes.Select(route => $"client → server  {route.Method}")
            .Concat(ServerToClient.Select(method => $"server → client  {method}"))
            .Order(StringComparer.Ordinal);

        GoldenFile.AssertMatches("methods.txt", string.Join('\n', lines));
    }

    [Fact]
    public void Every_method_of_the_protocol_goes_one_way_or_the_other()
    {
        var named = Constants(typeof(Methods)).Concat(Constants(typeof(LanguageServerMethods)));
        var routed = RoutingTable.Routes.Select(route => route.Method).Concat(ServerToClient);

        Assert.Equal(named.Order(StringComparer.Ordinal), routed.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);
}
