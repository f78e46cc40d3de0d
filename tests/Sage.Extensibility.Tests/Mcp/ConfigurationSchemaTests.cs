using System.Text.Json;
using Sage.Extensibility.Mcp.Configuration;
using Sage.TestKit;

namespace Sage.Extensibility.Tests.Mcp;

/// <summary>The editor's schema of configuration files says what the program reads.</summary>
public sealed class ConfigurationSchemaTests
{
    [Fact]
    public void The_schema_knows_every_word_of_a_server_and_no_other()
    {
        var path = Path.Combine(Repository.Root, "sage-vscode", "schemas", "mcp.schema.json");
        using var schema = JsonDocument.Parse(File.ReadAllText(path));
        var known = schema
            .RootElement.GetProperty("definitions")
            .GetProperty("server")
            .GetProperty("properties")
            .EnumerateObject()
            .Select(property => property.Name);

        var read = McpJson.Default.McpEntry.Properties.Select(property => property.Name);

        Assert.Equal(read.Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
    }
}
