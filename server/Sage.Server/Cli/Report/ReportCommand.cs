using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Sage.Agent.Secrets;
using Sage.Protocol;
using Sage.Server.Cli.Doctor;
using Sage.Storage;

namespace Sage.Server.Cli.Report;

/// <summary><c>sage report</c>: what somebody who looks for a bug has to know, without what is nobody's business.</summary>
/// <param name="with">A file with more to say, <c>-</c> for standard input; null when there is none.</param>
internal sealed class ReportCommand(
    string? with,
    Terminal terminal,
    PersonalNames names,
    Action<IServiceCollection>? configure = null
)
{
    private const int MostAdded = 256 * 1024;
    private const string Introduction =
        "This holds the versions, what `sage doctor` found, what was added to it, and the end of the log. "
        + "It holds no prompts, no code and no conversation. "
        + "Keys, the home folder, and the names of the user and of the computer were taken out; names of files and folders may be in it. "
        + "Read it before you share it.";

    /// <returns>The exit code of the process: a finding is no failure of the report.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var added = with is null ? null : await ReadAddedAsync(with, cancellationToken);
            await using var diagnosis = new Diagnosis(new DiagnosisOptions(), configure);
            var document = await WriteAsync(diagnosis, added, cancellationToken);
            await using var output = new StreamWriter(terminal.Output, leaveOpen: true);
            await output.WriteAsync(document.ToString());
            return ExitCodes.Completed;
        }
        catch (SageException e)
        {
            await terminal.Error.WriteLineAsync($"sage: {e.Message}");
            return ExitCodes.Of(e);
        }
    }

    private async Task<ReportDocument> WriteAsync(
        Diagnosis diagnosis,
        Excerpt? added,
        CancellationToken cancellationToken
    )
    {
        var secrets = diagnosis.Services.GetRequiredService<SecretRedaction>();
        var document = new ReportDocument(text => names.Hide(secrets.RedactDiagnostics(text)));
        var now = diagnosis.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        document.Heading(1, "Report on Sage");
        document.Paragraph(Introduction);
        document.Paragraph(string.Create(CultureInfo.InvariantCulture, $"Written at {now:u}"));
        document.Heading(2, "What `sage doctor` finds");
        document.Paragraph(
            "As a terminal on this computer sees it: settings and keys of the editor are not known here."
        );
        document.Block(await FindingsAsync(diagnosis, cancellationToken), "text");
        if (added is not null)
        {
            document.Heading(2, "What was added");
            if (added.Omission is { } omission)
            {
                document.Paragraph(omission);
            }

            document.Block(added.Text, "text");
        }

        document.Heading(2, "The end of the log");
        await LogSection.WriteAsync(
            document,
            diagnosis.Services.GetRequiredService<SageHome>().Logs,
            cancellationToken
        );
        return document;
    }

    private static async Task<string> FindingsAsync(Diagnosis diagnosis, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        await foreach (var finding in diagnosis.ExamineAsync(cancellationToken))
        {
            lines.Add(finding.ToString());
        }

        return string.Join('\n', lines);
    }

    private async Task<Excerpt> ReadAddedAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var opened = file == "-" ? null : File.OpenRead(file);
            return await Excerpt.BeginningAsync(opened ?? terminal.Input, MostAdded, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SageException(ErrorCodes.InvalidParams, $"--with {file}: {e.Message}");
        }
    }
}
