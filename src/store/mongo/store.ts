import mongoose, { type Connection, type Model } from 'mongoose';
import { StoreError } from '../../core/errors.js';
import { systemIds, type Ids } from '../../core/ids.js';
import { refuse } from '../check.js';
import type { Collection, CollectionSchema, Document, Store } from '../collection.js';
import type { OpenedStore } from '../opened.js';
import { schema as declared } from '../schema.js';
import { createGridBlobs } from './blobs.js';
import { createMongoCollection } from './collection.js';

/** How long to look for the server before saying that it is not there; milliseconds. */
const patience = 5_000;

export interface MongoStoreOptions {
  schema?: Record<string, CollectionSchema>;
  ids?: Ids;
  /** For tools beside a running server: makes nothing that is not there. */
  readOnly?: boolean;
}

/** Opens the store on MongoDB 7 or 8, and makes the indexes that are not there. */
export async function openMongoStore(uri: string, options: MongoStoreOptions = {}): Promise<OpenedStore> {
  const schema: Record<string, CollectionSchema> = options.schema ?? declared;
  const connection = await connect(uri);
  const models = new Map(Object.keys(schema).map((name) => [name, modelOf(connection, name)]));
  if (!options.readOnly) await Promise.all([...models].map(([name, model]) => makeIndexes(model, schema[name]!)));
  const collections = new Map<string, Collection<Document>>(
    [...models].map(([name, model]) => [name, createMongoCollection<Document>(name, schema[name]!, model)]),
  );
  let closed = false;

  const store: Store = {
    place: placeOf(uri, connection.name),
    ordered: false,
    shared: true,
    collection<T extends Document>(name: string) {
      const collection = collections.get(name);
      if (!collection) throw refuse(`There is no collection ${name} in the schema`);
      // The caller names the document type of its own collection: one name, one type, as `app.ts` composes them.
      return collection as unknown as Collection<T>;
    },
    async ping() {
      try {
        await connection.db?.admin().ping({ timeoutMS: patience });
      } catch (error) {
        throw unreachable(error);
      }
    },
    async close() {
      if (closed) return;
      closed = true;
      await connection.close();
    },
  };
  return { store, blobs: createGridBlobs(connection, options.ids ?? systemIds) };
}

async function connect(uri: string): Promise<Connection> {
  try {
    return await mongoose
      .createConnection(uri, {
        bufferCommands: false,
        autoIndex: false,
        autoCreate: false,
        serverSelectionTimeoutMS: patience,
        writeConcern: { w: 'majority', journal: true },
      })
      .asPromise();
  } catch (error) {
    throw unreachable(error);
  }
}

const unreachable = (cause: unknown): StoreError =>
  new StoreError('store_failed', 'MongoDB cannot be reached. Is the server up, and is MONGODB_URI right?', { cause });

/** Documents are checked by the contract, so Mongoose keeps its hands off them. */
function modelOf(connection: Connection, name: string): Model<Document> {
  const shape = new mongoose.Schema<Document>({ _id: String }, { strict: false, versionKey: false, collection: name });
  return connection.model<Document>(name, shape);
}

async function makeIndexes(model: Model<Document>, { indexes }: CollectionSchema): Promise<void> {
  for (const { fields, unique } of indexes) {
    const keys = Object.fromEntries(fields.map((field) => [field, 1 as const]));
    const partial = { $and: fields.map((field) => ({ [field]: { $exists: true } })) };
    try {
      await model.collection.createIndex(keys, unique ? { unique, partialFilterExpression: partial } : {});
    } catch (error) {
      throw new StoreError('store_failed', `The index (${fields.join(', ')}) of ${model.modelName} could not be made`, {
        cause: error,
      });
    }
  }
}

/** Host and database; never the password. */
export function placeOf(uri: string, database: string): string {
  const host = /^mongodb(?:\+srv)?:\/\/(?:.*@)?([^/?@]+)/.exec(uri)?.[1] ?? 'unknown host';
  return `MongoDB at ${host}, database ${database}`;
}
