using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Sage.Agent.Extensions;
using Sage.Agent.Permissions;
using Sage.Agent.Workspaces;
using Sage.Protocol;
using Sage.Protocol.Permissions;

namespace Sage.Storage.Permissions;

/// <summary>What the user has agreed to, by folder: kept with the hash of what was shown, so that a change asks again.</summary>
internal sealed class ProjectConsents(SageHome home, WorkspaceTrust trust) : IProjectConsents
{
    private readonly Lock _saving = new();
    private readonly ConcurrentDictionary<(string Root, string Hash), bool> _later = new();
    private Snapshot _snapshot = new(-1, default, ConsentFile.None);
    private readonly ConcurrentDictionary<(string Root, string Hash), bool> _forThisRun = new();

    public bool IsGiven(Workspace workspace, ProjectOffer offer)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(offer);
        return trust.IsGranted
            && (
                _forThisRun.ContainsKey((workspace.Root, offer.Hash))
                || Known().Find(workspace.Root, offer.Kind) is { } consent && consent.Covers(offer)
            );
    }

    public bool IsOpen(Workspace workspace, ProjectOffer offer)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(offer);
        return trust.IsGranted
            && !_forThisRun.ContainsKey((workspace.Root, offer.Hash))
            && !_later.ContainsKey((workspace.Root, offer.Hash))
            && Known().Find(workspace.Root, offer.Kind) is var consent
            && (consent is null || !consent.Covers(offer) && consent.Never != true);
    }

    public void GiveForThisRun(Workspace workspace, ImmutableArray<ProjectOffer> offers)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        foreach (var offer in offers)
        {
            _forThisRun[(workspace.Root, offer.Hash)] = true;
        }
    }

    public void Answer(Workspace workspace, ProjectOffer offer, OfferAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(offer);
        switch (answer)
        {
            case OfferAnswer.Use:
                Save(workspace, offer.Kind, new Consent(Hash: offer.Hash));
                break;
            case OfferAnswer.Never:
                Save(workspace, offer.Kind, new Consent(Never: true));
                break;
            default:
                _later[(workspace.Root, offer.Hash)] = true;
                break;
        }
    }

    private void Save(Workspace workspace, string kind, Consent consent)
    {
        lock (_saving)
        {
            try
            {
                PrivateFiles.CreateFolder(home.Root);
                // Another window may have saved meanwhile; and what cannot be read must not be written over.
                var file = File.Exists(home.Consents)
                    ? ConsentFile.Parse(File.ReadAllBytes(home.Consents))
                    : ConsentFile.None;
                PrivateFiles.Replace(home.Consents, file.With(workspace.Root, kind, consent).ToBytes());
                _snapshot = new Snapshot(-1, default, ConsentFile.None);
            }
            catch (JsonException error)
            {
                throw new SageException(
                    ErrorCodes.StorageFailed,
                    $"{home.Consents} cannot be read: {error.Message} Mend it, or remove it."
                );
            }
            catch (Exception error) when (StorageFailures.Covers(error))
            {
                throw StorageFailures.ToClient(error, home.Consents);
            }
        }
    }

    /// <summary>What cannot be read agrees to nothing.</summary>
    private ConsentFile Known()
    {
        try
        {
            var file = new FileInfo(home.Consents);
            if (!file.Exists)
            {
                return ConsentFile.None;
            }

            var known = Volatile.Read(ref _snapshot);
            if ((known.Size, known.Written) != (file.Length, file.LastWriteTimeUtc))
            {
                var read = ConsentFile.Parse(File.ReadAllBytes(home.Consents));
                known = new Snapshot(file.Length, file.LastWriteTimeUtc, read);
                Volatile.Write(ref _snapshot, known);
            }

            return known.File;
        }
        catch (Exception error) when (error is JsonException || StorageFailures.Covers(error))
        {
            return ConsentFile.None;
        }
    }

    /// <summary>The file as it was when it was read.</summary>
    private sealed record Snapshot(long Size, DateTime Written, ConsentFile File);
}
