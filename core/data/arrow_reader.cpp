// SPDX-License-Identifier: Apache-2.0
#include "core/data/arrow_reader.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/data/text_source.h"

#include <arrow/api.h>
#include <arrow/io/file.h>
#include <arrow/ipc/reader.h>
#include <arrow/util/float16.h>
#include <fmt/format.h>
#include <parquet/arrow/reader.h>
#include <parquet/file_reader.h>
#include <sys/stat.h>

namespace falconer {
namespace {

using nlohmann::ordered_json;

constexpr std::int64_t kBatchRows = 256; // few, since one row may be a long document

/// A row that cannot be shown as JSON.
struct Unusable {
    std::string problem;
};

template <class ArrayType>
const ArrayType& as(const arrow::Array& array)
{
    return static_cast<const ArrayType&>(array);
}

/// One cell of a column as a value. Throws Unusable.
class Converter {
public:
    ordered_json value(const arrow::Array& array, std::int64_t i, int depth = 1)
    {
        if (++m_values > kMaxValues)
            throw Unusable{fmt::format("the row has more than {} values", kMaxValues)};
        if (depth > kMaxDepth)
            throw Unusable{fmt::format("the row is nested deeper than {} levels", kMaxDepth)};
        if (array.IsNull(i))
            return nullptr;
        switch (array.type_id()) {
        case arrow::Type::NA: return nullptr;
        case arrow::Type::BOOL: return as<arrow::BooleanArray>(array).Value(i);
        case arrow::Type::INT8: return as<arrow::Int8Array>(array).Value(i);
        case arrow::Type::INT16: return as<arrow::Int16Array>(array).Value(i);
        case arrow::Type::INT32: return as<arrow::Int32Array>(array).Value(i);
        case arrow::Type::INT64: return as<arrow::Int64Array>(array).Value(i);
        case arrow::Type::UINT8: return as<arrow::UInt8Array>(array).Value(i);
        case arrow::Type::UINT16: return as<arrow::UInt16Array>(array).Value(i);
        case arrow::Type::UINT32: return as<arrow::UInt32Array>(array).Value(i);
        case arrow::Type::UINT64: return as<arrow::UInt64Array>(array).Value(i);
        case arrow::Type::HALF_FLOAT:
            return arrow::util::Float16::FromBits(as<arrow::HalfFloatArray>(array).Value(i)).ToFloat();
        case arrow::Type::FLOAT: return as<arrow::FloatArray>(array).Value(i);
        case arrow::Type::DOUBLE: return as<arrow::DoubleArray>(array).Value(i);
        case arrow::Type::STRING:
        case arrow::Type::BINARY: return text(as<arrow::BinaryArray>(array).GetView(i));
        case arrow::Type::LARGE_STRING:
        case arrow::Type::LARGE_BINARY: return text(as<arrow::LargeBinaryArray>(array).GetView(i));
        case arrow::Type::STRING_VIEW:
        case arrow::Type::BINARY_VIEW: return text(as<arrow::BinaryViewArray>(array).GetView(i));
        case arrow::Type::LIST: return list(as<arrow::ListArray>(array), i, depth);
        case arrow::Type::LARGE_LIST: return list(as<arrow::LargeListArray>(array), i, depth);
        case arrow::Type::FIXED_SIZE_LIST: return list(as<arrow::FixedSizeListArray>(array), i, depth);
        case arrow::Type::STRUCT: return object(as<arrow::StructArray>(array), i, depth);
        case arrow::Type::DICTIONARY: {
            const auto& words = as<arrow::DictionaryArray>(array);
            return value(*words.dictionary(), words.GetValueIndex(i), depth + 1);
        }
        case arrow::Type::EXTENSION: return value(*as<arrow::ExtensionArray>(array).storage(), i, depth + 1);
        default: break;
        }
        auto scalar = array.GetScalar(i); // dates, decimals and the like: as they are written
        if (!scalar.ok())
            throw Unusable{scalar.status().message()};
        return text((*scalar)->ToString());
    }

private:
    static ordered_json text(std::string_view bytes)
    {
        if (std::string problem = textProblem(bytes, "cell"); !problem.empty())
            throw Unusable{std::move(problem)};
        return bytes;
    }
    template <class ListType>
    ordered_json list(const ListType& array, std::int64_t i, int depth)
    {
        ordered_json items = ordered_json::array();
        const std::int64_t first = array.value_offset(i);
        const std::int64_t count = array.value_length(i);
        for (std::int64_t at = 0; at < count; ++at)
            items.push_back(value(*array.values(), first + at, depth + 1));
        return items;
    }
    ordered_json object(const arrow::StructArray& array, std::int64_t i, int depth)
    {
        if (array.num_fields() > static_cast<int>(kMaxColumns))
            throw Unusable{fmt::format("an object with more than {} members", kMaxColumns)};
        ordered_json members = ordered_json::object();
        for (int field = 0; field < array.num_fields(); ++field)
            members[array.struct_type()->field(field)->name()] = value(*array.field(field), i, depth + 1);
        return members;
    }

    std::size_t m_values = 0;
};

CellKind kindOf(const ordered_json& value)
{
    if (value.is_null())
        return CellKind::null;
    if (value.is_boolean())
        return CellKind::boolean;
    if (value.is_string())
        return CellKind::text;
    if (value.is_array())
        return CellKind::list;
    return value.is_object() ? CellKind::object : CellKind::number;
}

class ArrowReader : public RowReader {
public:
    ArrowReader(const std::filesystem::path& path, ArrowFormat format)
        : m_name(TextSource(path).name()) // says what is wrong with a path that is none of a file
    {
        guard([&] {
            m_file = take(arrow::io::ReadableFile::Open(path.string(), arrow::system_memory_pool()));
            if (::fstat(m_file->file_descriptor(), &m_opened) != 0)
                refuse("its state cannot be read");
            format == ArrowFormat::parquet ? openParquet() : openIpc();
            checkColumns();
        });
    }

    bool next(Row& row) override
    {
        bool found = false;
        guard([&] { found = nextBatch(); });
        if (!found)
            return false;
        row.line = ++m_row;
        row.unit = RowUnit::row;
        row.cells.clear();
        const std::int64_t i = m_inBatch++;
        Converter converter;
        try {
            for (int column = 0; column < m_batch->num_columns(); ++column) {
                Cell cell{
                    m_batch->column_name(column), CellKind::null, {}, converter.value(*m_batch->column(column), i)};
                cell.kind = kindOf(cell.value);
                if (cell.kind == CellKind::text) {
                    cell.text = std::move(cell.value.get_ref<std::string&>());
                    cell.value = nullptr;
                }
                row.cells.push_back(std::move(cell));
            }
        } catch (const Unusable& unusable) {
            throw Error(ErrorCode::dataInvalid, place(m_name, m_row, RowUnit::row), unusable.problem,
                "correct the row, or set data.on_bad_row to skip");
        }
        return true;
    }

    const std::string& name() const override { return m_name; }
    std::size_t position() const override { return static_cast<std::size_t>(m_row); }
    std::size_t size() const override { return m_rows; }

private:
    [[noreturn]] void refuse(const std::string& problem) const
    {
        throw Error(ErrorCode::fileMalformed, m_name, problem, "check that the file is whole, or make it again");
    }
    template <class Value>
    Value take(arrow::Result<Value> result) const
    {
        if (!result.ok())
            refuse(firstLine(result.status().message()));
        return std::move(result).ValueUnsafe();
    }
    void check(const arrow::Status& status) const
    {
        if (!status.ok())
            refuse(firstLine(status.message()));
    }
    /// As a clause: Arrow sometimes ends its sentences and sometimes does not.
    static std::string firstLine(const std::string& message)
    {
        std::string line = toValidUtf8(message.substr(0, std::min<std::size_t>(message.find('\n'), 200)));
        line.resize(line.find_last_not_of(". ") + 1);
        return "it cannot be read: " + line;
    }
    /// Parquet's own code throws where Arrow's returns a status.
    template <class Work>
    void guard(Work work) const
    {
        try {
            work();
        } catch (const Error&) {
            throw;
        } catch (const std::bad_alloc&) {
            throw;
        } catch (const std::exception& error) {
            refuse(firstLine(error.what()));
        }
    }

    void openParquet()
    {
        parquet::ArrowReaderProperties properties(false);
        properties.set_batch_size(kBatchRows);
        properties.set_pre_buffer(false);
        parquet::arrow::FileReaderBuilder builder;
        // Else a column of a whole row group is read at once, and a file may be one row group.
        parquet::ReaderProperties reading(arrow::system_memory_pool());
        reading.enable_buffered_stream();
        check(builder.Open(m_file, reading));
        builder.memory_pool(arrow::system_memory_pool())->properties(properties);
        check(builder.Build(&m_parquet));
        m_rows = static_cast<std::size_t>(m_parquet->parquet_reader()->metadata()->num_rows());
        m_batches = take(m_parquet->GetRecordBatchReader());
        m_schema = m_batches->schema();
    }
    void openIpc()
    {
        auto options = arrow::ipc::IpcReadOptions::Defaults();
        options.memory_pool = arrow::system_memory_pool();
        options.use_threads = false;
        const auto magic = take(m_file->ReadAt(0, 6));
        if (std::string_view(*magic) == "ARROW1") {
            m_ipc = take(arrow::ipc::RecordBatchFileReader::Open(m_file, options));
            m_rows = static_cast<std::size_t>(take(m_ipc->CountRows()));
            m_schema = m_ipc->schema();
        } else if (std::string_view(*magic).starts_with("FEA1")) {
            refuse("Feather version 1 is not read");
        } else {
            check(m_file->Seek(0));
            m_batches = take(arrow::ipc::RecordBatchStreamReader::Open(m_file, options));
            m_schema = m_batches->schema();
        }
    }
    void checkColumns() const
    {
        if (m_schema->num_fields() > static_cast<int>(kMaxColumns))
            refuse(fmt::format("it has more than {} columns", kMaxColumns));
        for (const auto& field : m_schema->fields())
            if (findInvalidUtf8(field->name()) != std::string_view::npos)
                refuse("a column's name is not UTF-8");
    }
    /// Makes sure that m_inBatch is a row of m_batch; false at the end.
    bool nextBatch()
    {
        while (!m_batch || m_inBatch >= m_batch->num_rows()) {
            m_batch.reset();
            m_inBatch = 0;
            if (!m_ipc)
                check(m_batches->ReadNext(&m_batch));
            else if (m_nextIpc < m_ipc->num_record_batches())
                m_batch = take(m_ipc->ReadRecordBatch(m_nextIpc++));
            if (!m_batch) {
                refuseChange();
                return false;
            }
            check(m_batch->ValidateFull()); // offsets that point outside, before anything follows them
        }
        return true;
    }
    void refuseChange() const
    {
        struct stat now { };
        if (::fstat(m_file->file_descriptor(), &now) == 0 && now.st_size == m_opened.st_size
            && now.st_mtim.tv_sec == m_opened.st_mtim.tv_sec && now.st_mtim.tv_nsec == m_opened.st_mtim.tv_nsec)
            return;
        throw Error(ErrorCode::fileUnreadable, m_name, "the file changed while it was being read",
            "start again when nothing writes to it any more");
    }

    std::string m_name;
    std::shared_ptr<arrow::io::ReadableFile> m_file;
    struct stat m_opened { };
    std::unique_ptr<parquet::arrow::FileReader> m_parquet;
    std::shared_ptr<arrow::RecordBatchReader> m_batches; // Parquet, or an IPC stream
    std::shared_ptr<arrow::ipc::RecordBatchFileReader> m_ipc;
    int m_nextIpc = 0;
    std::shared_ptr<arrow::Schema> m_schema;
    std::shared_ptr<arrow::RecordBatch> m_batch;
    std::int64_t m_inBatch = 0;
    std::int64_t m_row = 0;
    std::size_t m_rows = 0;
};

} // namespace

bool readsArrow() { return true; }

std::unique_ptr<RowReader> openArrowRows(const std::filesystem::path& path, ArrowFormat format)
{
    return std::make_unique<ArrowReader>(path, format);
}

} // namespace falconer
