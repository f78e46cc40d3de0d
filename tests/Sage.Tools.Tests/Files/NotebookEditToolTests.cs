using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Tools.Editing.Notebooks;
using Sage.Tools.Files;

namespace Sage.Tools.Tests.Files;

public sealed class NotebookEditToolTests : IDisposable
{
    /// <summary>As Jupyter writes it.</summary>
    private const string Notebook = """
        {
         "cells": [
          {
           "cell_type": "markdown",
           "id": "intro",
           "metadata": {},
           "source": [
            "# Prices \u2014 „today“\n",
            "of 2026"
           ]
          },
          {
           "cell_type": "code",
           "execution_count": 3,
           "id": "sum",
           "metadata": {
            "tags": [
             "keep"
            ]
           },
           "outputs": [
            {
             "name": "stdout",
             "output_type": "stream",
             "text": [
              "6\n"
             ]
            }
           ],
           "source": [
            "print(sum([1, 2, 3]))"
           ]
          }
         ],
         "metadata": {
          "weight": 1.50
         },
         "nbformat": 4,
         "nbformat_minor": 5
        }

        """;

    private readonly ToolBench _bench = new();
    private readonly NotebookEditTool _tool;

    public NotebookEditToolTests() => _tool = new NotebookEditTool(new FileRewriter(_bench.Files, _bench.Images));

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_cell_is_replaced_loses_what_it_said_and_the_rest_keeps_every_character()
    {
        _bench.Write("a.ipynb", Notebook);
        var result = await EditAsync(
            """{"path":"a.ipynb","mode":"replace","cell_id":"sum","source":"import math\nmath.fsum([1])"}"""
        );
        Assert.Equal(ToolCallStatus.Ok, result.Status);
        Assert.Equal(
            Notebook
                .Replace("\"execution_count\": 3", "\"execution_count\": null", StringComparison.Ordinal)
                .Replace(
                    """
                       "outputs": [
                        {
                         "name": "stdout",
                         "output_type": "stream",
                         "text": [
                          "6\n"
                         ]
                        }
                       ],
                    """,
                    "   \"outputs\": [],",
                    StringComparison.Ordinal
                )
                .Replace(
                    "    \"print(sum([1, 2, 3]))\"",
                    "    \"import math\\n\",\n    \"math.fsum([1])\"",
                    StringComparison.Ordinal
                ),
            _bench.Read("a.ipynb")
        );
        var changed = Assert.IsType<FileChanged>(Assert.Single(result.Events));
        Assert.Equal(("a.ipynb", FileChangeKind.Modified), (changed.Path, changed.Kind));
    }

    [Fact]
    public async Task A_cell_that_is_inserted_stands_after_the_one_it_names_and_has_an_id_of_its_own()
    {
        _bench.Write("a.ipynb", Notebook);
        await EditAsync("""{"path":"a.ipynb","mode":"insert","cell_id":"intro","kind":"code","source":"x = 'ä'"}""");
        var cells = Cells();
        Assert.Equal(
            ["intro", cells[1]!["id"]!.ToString(), "sum"],
            cells.Select(static cell => cell!["id"]!.ToString())
        );
        Assert.Matches("^[0-9a-f]{8}$", cells[1]!["id"]!.ToString());
        var id = cells[1]!["id"]!.ToString();
        var inserted = $$"""
              {
               "cell_type": "code",
               "execution_count": null,
               "id": "{{id}}",
               "metadata": {},
               "outputs": [],
               "source": [
                "x = 'ä'"
               ]
              },

            """;
        Assert.Equal(Notebook, _bench.Read("a.ipynb").Replace(inserted, "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"path":"a.ipynb","mode":"delete","cell_id":"intro"}""", "sum")]
    [InlineData("""{"path":"a.ipynb","mode":"delete","index":1}""", "intro")]
    public async Task A_cell_is_deleted_with_its_comma(string input, string left)
    {
        _bench.Write("a.ipynb", Notebook);
        var result = await EditAsync(input);
        Assert.Equal(ToolCallStatus.Ok, result.Status);
        Assert.Equal([left], Cells().Select(static cell => cell!["id"]!.ToString()));
        Assert.EndsWith(
            "  }\n ],\n \"metadata\"",
            _bench.Read("a.ipynb").Split(": {\n  \"weight\"")[0],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_last_cell_goes_and_the_first_comes_into_an_empty_list()
    {
        const string empty =
            "{\n  \"cells\": [],\n  \"metadata\": {},\n  \"nbformat\": 4,\n  \"nbformat_minor\": 2\n}\n";
        _bench.Write("a.ipynb", empty);
        await EditAsync("""{"path":"a.ipynb","mode":"insert","kind":"markdown","source":"Hi\n"}""");
        Assert.Equal(
            """
            {
              "cells": [
                {
                  "cell_type": "markdown",
                  "metadata": {},
                  "source": [
                    "Hi\n"
                  ]
                }
              ],
              "metadata": {},
              "nbformat": 4,
              "nbformat_minor": 2
            }

            """,
            _bench.Read("a.ipynb")
        );
        await EditAsync("""{"path":"a.ipynb","mode":"delete","index":0}""");
        Assert.Equal(empty, _bench.Read("a.ipynb"));
    }

    [Fact]
    public async Task A_code_cell_becomes_text_and_a_source_that_is_one_string_stays_one()
    {
        _bench.Write(
            "a.ipynb",
            """{"cells":[{"cell_type":"code","execution_count":1,"metadata":{},"outputs":[],"source":"a"}],"metadata":{},"nbformat":4,"nbformat_minor":4}"""
        );
        await EditAsync("""{"path":"a.ipynb","mode":"replace","index":0,"kind":"markdown","source":"b\nc"}""");
        Assert.Equal(
            """{"cells":[{"cell_type":"markdown","metadata":{},"source":"b\nc"}],"metadata":{},"nbformat":4,"nbformat_minor":4}""",
            _bench.Read("a.ipynb")
        );
    }

    [Theory]
    [InlineData("""{"path":"a.py","mode":"delete","index":0}""", "not a notebook")]
    [InlineData("""{"path":"a.ipynb","mode":"delete"}""", "Say which cell")]
    [InlineData("""{"path":"a.ipynb","mode":"delete","index":0,"cell_id":"sum"}""", "not both")]
    [InlineData("""{"path":"a.ipynb","mode":"replace","index":0}""", "`source` is missing")]
    [InlineData("""{"path":"a.ipynb","mode":"insert","source":"a"}""", "`kind` is missing")]
    public void What_a_call_lacks_is_said_before_anyone_is_asked(string input, string expected)
    {
        var rejected = Assert.IsType<Preparation.Rejected>(_bench.Prepare(_tool, input));
        Assert.Contains(expected, rejected.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"path":"a.ipynb","mode":"delete","index":2}""", "no cell at index 2; it has 2, at index 0 to 1")]
    [InlineData("""{"path":"a.ipynb","mode":"delete","index":-1}""", "no cell at index -1")]
    [InlineData("""{"path":"a.ipynb","mode":"delete","cell_id":"none"}""", "no cell with the id none")]
    [InlineData(
        """{"path":"a.ipynb","mode":"replace","cell_id":"sum","source":"print(sum([1, 2, 3]))"}""",
        "already has exactly"
    )]
    [InlineData(
        """{"path":"a.ipynb","mode":"replace","cell_id":"sum","source":"# ... rest of code unchanged"}""",
        "placeholder"
    )]
    public async Task What_cannot_be_done_is_said_and_nothing_is_changed(string input, string expected)
    {
        _bench.Write("a.ipynb", Notebook);
        var result = await EditAsync(input);
        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.Contains(expected, result.Text, StringComparison.Ordinal);
        Assert.Equal(Notebook, _bench.Read("a.ipynb"));
    }

    [Theory]
    [InlineData("", "is not valid JSON")]
    [InlineData("{\"cells\": [", "is not valid JSON (line 1)")]
    [InlineData("[]", "is no object")]
    [InlineData("{\"nbformat\": 3, \"worksheets\": []}", "not a notebook of format 4")]
    [InlineData("{\"nbformat\": 4}", "has no list of cells")]
    [InlineData("{\"nbformat\": 4, \"cells\": [1]}", "is not valid JSON")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"source\": \"\", \"source\": \"a\"}]}", "names a property twice")]
    public async Task What_is_no_notebook_is_left_alone(string text, string expected)
    {
        _bench.Write("a.ipynb", text);
        var result = await EditAsync("""{"path":"a.ipynb","mode":"replace","index":0,"source":"b"}""");
        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.Contains(expected, result.Text, StringComparison.Ordinal);
        Assert.Equal(text, _bench.Read("a.ipynb"));
    }

    [Fact]
    public void A_call_declares_what_it_writes()
    {
        var call = _bench.Accept(_tool, """{"path":"a.ipynb","mode":"delete","index":0}""");
        Assert.Equal("Edit a.ipynb", call.Title);
        Assert.Equal(_bench.PathOf("a.ipynb"), Assert.Single(call.Access.Writes));
        Assert.Equal((PermissionKind.Edit, "notebook_edit(a.ipynb)"), (call.Permission.Kind, call.Permission.Rule));
    }

    /// <summary>Whatever is inserted and wherever: the notebook is one still, holds that cell there, and without it is the old one.</summary>
    [Fact]
    public void What_is_inserted_and_deleted_again_leaves_nothing()
    {
        Gen.Select(Gen.String, Gen.Int[0, 2], Gen.Bool)
            .Sample(
                (source, index, isCode) =>
                {
                    var kind = isCode ? NotebookCellKind.Code : NotebookCellKind.Markdown;
                    var insert = new NotebookEditInput("a.ipynb", NotebookEditMode.Insert, null, index, kind, source);
                    var outcome = NotebookEdit.Apply("a.ipynb", Notebook, insert);
                    if (outcome.Error is { } error)
                    {
                        Assert.Contains("placeholder", error, StringComparison.Ordinal);
                        return;
                    }

                    var cell = JsonNode.Parse(outcome.Text)!["cells"]![index]!;
                    var written = string.Concat(cell["source"]!.AsArray().Select(static line => line!.ToString()));
                    Assert.Equal(WellFormed(source), written);
                    var delete = new NotebookEditInput("a.ipynb", NotebookEditMode.Delete, null, index);
                    Assert.Equal(Notebook, NotebookEdit.Apply("a.ipynb", outcome.Text, delete).Text);
                }
            );
    }

    /// <summary>With the line ends of a cell, and without halves of characters, which no file can hold.</summary>
    private static string WellFormed(string text) =>
        JsonSerializer.Deserialize<string>(
            JsonSerializer.SerializeToUtf8Bytes(
                text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
            )
        )!;

    private JsonArray Cells() => JsonNode.Parse(_bench.Read("a.ipynb"))!["cells"]!.AsArray();

    private Task<ToolResult> EditAsync(string input) => _bench.RunAsync(_tool, input);
}
