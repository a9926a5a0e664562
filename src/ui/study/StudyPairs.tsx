/** How far the methods agree with each other, where nothing says which is right. */
import { useMemo } from 'react';
import { scoreText } from '../../core/base/numberText';
import { pairwiseIou } from '../../core/study/pairwise';
import type { StudyResult } from '../../core/study/studyResult';
import { studyText } from '../text/studyText';

export function StudyPairs({ result }: { readonly result: StudyResult }) {
  const { methods, frames } = result;
  const values = useMemo(
    () =>
      pairwiseIou(
        methods.map(({ set }) => set),
        frames,
      ),
    [methods, frames],
  );
  return methods.length < 2 ? null : (
    <table className="study-table">
      <caption>{studyText.pairwise}</caption>
      <thead>
        <tr>
          <th scope="col">{studyText.method}</th>
          {methods.map(({ id, name }) => (
            <th key={id} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {methods.map(({ id, name }, row) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            {methods.map((other, column) => (
              <td key={other.id}>{row === column ? '' : scoreText(values[row]?.[column])}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
