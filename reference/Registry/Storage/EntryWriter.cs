using Microsoft.Data.Sqlite;
using TakeItDown.Matching;

namespace Registry.Storage;

/// <summary>Puts entries into the table with one prepared statement, for one entry or a million.</summary>
internal sealed class EntryWriter : IDisposable
{
    private readonly SqliteCommand _command;

    public EntryWriter(SqliteConnection connection)
    {
        _command = connection.CreateCommand();
        _command.CommandText = """
            INSERT INTO entries (member, id, media, changed, classification, hashes, case_number)
            VALUES ($member, $id, $media, $changed, $classification, $hashes, $case)
            ON CONFLICT (member, id) DO UPDATE SET
                media = excluded.media, deleted = 0, changed = excluded.changed, classification = excluded.classification, hashes = excluded.hashes,
                stands_since = NULL
            """;
        foreach (var name in (ReadOnlySpan<string>)["$member", "$id", "$media", "$changed", "$classification", "$hashes", "$case"])
            _command.Parameters.Add(new SqliteParameter { ParameterName = name });
    }

    public void Put(long member, string id, MediaKind media, long changed, string? classification, PackedHashes hashes, string? caseNumber)
    {
        if (media is not (MediaKind.Image or MediaKind.Video)) throw new ArgumentException("An entry is of a picture or a video.", nameof(media));
        var parameters = _command.Parameters;
        parameters[0].Value = member;
        parameters[1].Value = id;
        parameters[2].Value = (int)media;
        parameters[3].Value = changed;
        parameters[4].Value = (object?)classification ?? DBNull.Value;
        parameters[5].Value = hashes.Bytes;
        parameters[6].Value = (object?)caseNumber ?? DBNull.Value;
        _command.ExecuteNonQuery();
    }

    public void Dispose() => _command.Dispose();
}
